/** The part of pdf.js that is used. Its own declarations want those of a browser. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.min.mjs';
declare module 'pdfjs-dist/legacy/build/pdf.min.mjs' {
  export const OPS: Readonly<Record<string, number>>;
  export const AnnotationMode: { DISABLE: number; ENABLE: number };
  export function getDocument(source: Readonly<Record<string, unknown>>): { promise: Promise<PdfDocument> };

  export interface PdfDocument {
    numPages: number;
    getPage(number: number): Promise<PdfPage>;
    getMetadata(): Promise<{ info: Record<string, unknown>; metadata: { getRaw(): string } | null }>;
    getAttachments(): Promise<Record<string, Record<string, unknown>> | null>;
    getFieldObjects(): Promise<Record<string, Record<string, unknown>[]> | null>;
    getOutline(): Promise<PdfOutline[] | null>;
    getOptionalContentConfig(): Promise<PdfLayers>;
  }

  export interface PdfOutline {
    title: string;
    items: PdfOutline[];
  }

  export interface PdfLayers extends Iterable<[string, { name?: string | null }]> {
    isVisible(group: unknown): boolean;
  }

  export interface PdfPage {
    getViewport(how: { scale: number }): { transform: number[]; width: number; height: number };
    getOperatorList(how: { annotationMode: number }): Promise<{ fnArray: number[]; argsArray: unknown[] }>;
    getAnnotations(): Promise<Record<string, unknown>[]>;
    commonObjs: { has(id: string): boolean; get(id: string): PdfFont };
    cleanup(): boolean;
  }

  export interface PdfFont {
    name?: string;
    bold?: boolean;
    black?: boolean;
    vertical?: boolean;
    fontMatrix?: number[];
  }

  /** A letter as it is shown: what it says, and its width in the font's units. */
  export interface PdfGlyph {
    unicode: string;
    width: number;
    isSpace: boolean;
  }
}
