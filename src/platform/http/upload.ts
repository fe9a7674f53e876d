import type { FastifyRequest } from 'fastify';
import type {} from '@fastify/multipart';
import { DomainError } from '../../domain/errors.js';

export const largestUpload = 2 * 1024 * 1024;

export interface Upload {
  /** Null when the file input was left empty. */
  file: { name: string; bytes: Buffer } | null;
  /** The form's other fields. */
  fields: Record<string, string>;
}

/**
 * A form with `enctype="multipart/form-data"` and at most one file.
 *
 * @param largest bytes of the file, 2 MB unless told
 * @throws DomainError http.tooLarge above that, http.badInput when the request is no such form
 */
export async function readUpload(request: FastifyRequest, largest = largestUpload): Promise<Upload> {
  if (!request.isMultipart()) throw new DomainError('http.badInput');
  const upload: Upload = { file: null, fields: {} };
  try {
    for await (const part of request.parts({ limits: { fileSize: largest } })) {
      if (part.type === 'field') upload.fields[part.fieldname] = String(part.value);
      else {
        const bytes = await part.toBuffer();
        if (part.filename) upload.file = { name: part.filename, bytes };
      }
    }
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 413) throw new DomainError('http.tooLarge');
    throw error;
  }
  return upload;
}
