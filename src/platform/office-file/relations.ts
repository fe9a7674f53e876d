import { posix } from 'node:path';
import { damaged } from './file-fault.js';
import { readPart } from './xml-part.js';
import type { ZipArchive } from './zip-archive.js';

const mostRelations = 5000;

export interface Relation {
  /** Last word of its type: `worksheet`; the rest differs between the two editions of the standard. */
  kind: string;
  part: string;
}

/** @param owner part whose relationships are meant; '' for the archive's own */
export function relationsOf(zip: ZipArchive, owner: string): Map<string, Relation> {
  const folder = posix.dirname(owner);
  const part = posix.join(folder, '_rels', `${posix.basename(owner)}.rels`);
  const relations = new Map<string, Relation>();
  if (!zip.has(part)) return relations;
  readPart(zip.pieces(part), {
    open(name, { Id, Type = '', Target = '', TargetMode }) {
      if (name !== 'Relationship' || Id === undefined || TargetMode === 'External') return;
      const target = decodedPath(Target.replaceAll('\\', '/'));
      relations.set(Id, {
        kind: Type.slice(Type.lastIndexOf('/') + 1),
        part: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
      });
      if (relations.size > mostRelations) throw damaged();
    },
  });
  return relations;
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
