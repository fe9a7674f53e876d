import type { FastifyRequest } from 'fastify';
import type {} from '@fastify/multipart';
import { DomainError } from '../../domain/errors/errors.js';
import { storableText } from '../../domain/text/storable-text.js';

export const largestUpload = 2 * 1024 * 1024;

/** A file system keeps no longer one (255 bytes), and a row shows no longer one. */
const longestName = 200;

export interface Upload {
  /** Null when the file input was left empty. */
  file: { name: string; bytes: Buffer } | null;
  /** The form's other fields. */
  fields: Record<string, string>;
  /** All values of each of them, such as ticked boxes of one name. */
  several: ReadonlyMap<string, string[]>;
}

/**
 * A form with `enctype="multipart/form-data"` and at most one file.
 *
 * @param largest bytes of the file, 2 MB unless told
 * @param mostFields of the form, 10 unless told
 * @throws DomainError http.tooLarge above that, http.badInput when the request is no such form or breaks off
 */
export async function readUpload(request: FastifyRequest, largest = largestUpload, mostFields = 10): Promise<Upload> {
  if (!request.isMultipart()) throw new DomainError('http.badInput');
  const fields = new Map<string, string>();
  const several = new Map<string, string[]>();
  let file: Upload['file'] = null;
  try {
    for await (const part of request.parts({ limits: { fileSize: largest, fields: mostFields } })) {
      if (part.type === 'field') {
        const [name, value] = [storableText(part.fieldname), storableText(String(part.value))];
        fields.set(name, value);
        several.set(name, [...(several.get(name) ?? []), value]);
      } else {
        const bytes = await part.toBuffer();
        const name = storableText(part.filename ?? '').slice(0, longestName);
        if (name !== '') file = { name, bytes };
      }
    }
  } catch (error) {
    throw new DomainError((error as { statusCode?: number }).statusCode === 413 ? 'http.tooLarge' : 'http.badInput');
  }
  return { file, fields: Object.fromEntries(fields), several };
}
