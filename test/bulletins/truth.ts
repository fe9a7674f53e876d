/** What a bulletin says, known because it was written from this. */
export interface TrueItem {
  headline: string | null;
  body: string;
  unit: string | null;
  /** Undefined: not asked. */
  author?: string | null;
  /** Text that may belong to the body or not, such as the words under a photograph. */
  loose?: string;
}

export interface TrueSection {
  name: string | null;
  items: TrueItem[];
}

export interface Truth {
  series: string | null;
  issueNumber: number | null;
  totalNumber: number | null;
  date: string | null;
  issuer: string | null;
  sections: TrueSection[];
  distribution: string[];
  editor: string | null;
  reviewer: string | null;
  approver: string | null;
  /** Further facts, where a bulletin is asked for them. */
  also?: { classification: string | null; urgency: string | null; proofreader: string | null; copies: number | null };
}

/** A line to be printed. `para`: running text, which a page end or a narrow column may cut. */
export interface Row {
  text: string;
  para?: boolean;
  zone: 'page' | 'head' | 'contents' | 'note' | 'body' | 'foot';
}
