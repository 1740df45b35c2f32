/** One fenced block of a Markdown page. */
export interface Block {
  /** Words after the fence: `['python', 'bad']`. */
  readonly info: readonly string[];
  readonly code: readonly string[];
  /** The 1-based line of the page where the code starts. */
  readonly line: number;
  /** The headings above it, outermost first; without the page's title. */
  readonly headings: readonly string[];
}

/** A heading, with what stands below it up to the next heading of any depth. */
export interface Section {
  readonly title: string;
  readonly depth: number;
  readonly line: number;
  readonly text: string;
}

/** The blocks of a page, in its order. A block that is never closed ends with the page. */
export function blocksOf(markdown: string): readonly Block[];
/** The sections of a page; text before the first heading belongs to none. */
export function sectionsOf(markdown: string): readonly Section[];
