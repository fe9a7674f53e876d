import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Faces of official papers (GB/T 9704-2012) by the family names that their files bear, the wanted one first. They are licensed, so that
 * an office brings its own; where it has none the open face of the package stands in, in the weight that comes nearest.
 */
const families = {
  /** 小标宋: the name of the paper. */
  mark: [
    'FZXiaoBiaoSong-B05S',
    'FZXiaoBiaoSong-B05',
    '方正小标宋简体',
    '方正小标宋_GBK',
    'FZXBSK--GBK1-0',
    'STZhongsong',
  ],
  /** 仿宋: running text. */
  body: ['FangSong_GB2312', '仿宋_GB2312', 'FangSong', '仿宋', 'STFangsong', 'FZFangSong-Z02S', '方正仿宋简体'],
  /** 楷体: number, sections, contents. */
  kai: ['KaiTi_GB2312', '楷体_GB2312', 'KaiTi', '楷体', 'STKaiti', 'FZKai-Z03S', '方正楷体简体'],
  /** 黑体: class and headlines. */
  black: ['SimHei', '黑体', 'FZHei-B01S', '方正黑体简体', 'STHeiti'],
  /** 宋体: figures of pages. */
  song: ['SimSun', '宋体', 'STSong'],
} as const;
export type Role = keyof typeof families;
const roles = Object.keys(families) as Role[];

export const openFace = 'Noto Serif SC';

/** What each text is set in: the first of these that is there and has the character. */
export const faces: Readonly<Record<Role, readonly string[]>> = Object.fromEntries(
  roles.map((role) => [role, [...families[role], openFace]]),
) as Record<Role, string[]>;

const roleText: Record<Role, string> = { mark: '小标宋', body: '仿宋', kai: '楷体', black: '黑体', song: '宋体' };

/** The Chinese names of faces that no file brought. @param unknown family names in lower case, as the typesetter reports them */
export function missingFaces(unknown: ReadonlySet<string>): string[] {
  return roles
    .filter((role) => families[role].every((name) => unknown.has(name.toLowerCase())))
    .map((role) => roleText[role]);
}

const packaged = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json'));

/** Folders that hold fonts: the operator's, and three weights of the package's. */
export const fontFolders = (fontDir: string | null): string[] => [
  ...(fontDir !== null && existsSync(fontDir) ? [fontDir] : []),
  ...['400Regular', '700Bold', '900Black'].map((weight) => join(packaged, weight)),
];
