/** What a bulletin says, known because it was written from this. */
export interface TrueItem {
  headline: string | null;
  body: string;
  unit: string | null;
}

export interface TrueSection {
  name: string | null;
  items: TrueItem[];
}

export interface Truth {
  series: string | null;
  issueNumber: number;
  totalNumber: number | null;
  date: string;
  issuer: string;
  sections: TrueSection[];
  distribution: string[];
  editor: string | null;
  reviewer: string | null;
  approver: string | null;
}

/** A line to be printed. `para`: running text, which a page end or a narrow column may cut. */
export interface Row {
  text: string;
  para?: boolean;
  zone: 'page' | 'head' | 'contents' | 'note' | 'body' | 'foot';
}
