export type DocumentKind = 'zip' | 'pdf';

/** A zip begins with its first entry, or with its end where it is empty (APPNOTE.TXT 4.3.7, 4.3.16); a text may begin with PK. */
const zipStarts = ['504b0304', '504b0506'];
/** Readers look for it in the first 1,024 bytes (ISO 32000-1, annex H.3, note 13). */
const pdfStart = /%PDF-\d\.\d/;
const searched = 1024;

/** What a file is by its bytes, whatever it is called; null where it may be text. Any zip: what is inside says whether it is a document. */
export function documentKind(bytes: Uint8Array): DocumentKind | null {
  const start = Buffer.from(bytes.subarray(0, searched));
  if (zipStarts.includes(start.toString('hex', 0, 4))) return 'zip';
  return pdfStart.test(start.toString('latin1')) ? 'pdf' : null;
}
