import type { Bulletin, Doubt } from '../domain/bulletin/bulletin.js';
import type { Original } from '../domain/bulletin/original.js';
import { type ImportedContent, importedContent } from './imported-content.js';

/** What the original was read as, and the content this gave. */
export interface KeptReading {
  original: Original;
  doubts: Doubt[];
  content: ImportedContent;
  /** The name of the paper. */
  series: string | null;
}

export const keptReading = (bulletin: Bulletin, original: Original): KeptReading => ({
  original,
  doubts: bulletin.doubts,
  content: importedContent(bulletin),
  series: bulletin.series,
});
