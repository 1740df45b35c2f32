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
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  const headings: string[] = [];
  for (const part of partsOf(markdown)) {
    if (part.kind === 'heading') {
      headings.splice(part.depth - 1);
      headings[part.depth - 1] = part.title;
    } else if (part.kind === 'block') {
      const { info, code, line } = part;
      const above = headings.slice(1).filter((heading) => heading !== undefined);
      blocks.push({ info, code, line, headings: above });
    }
  }
  return blocks;
}

/** The sections of a page; text before the first heading belongs to none. */
export function sectionsOf(markdown: string): readonly Section[] {
  const sections: { title: string; depth: number; line: number; lines: string[] }[] = [];
  for (const part of partsOf(markdown)) {
    if (part.kind === 'heading') {
      sections.push({ title: part.title, depth: part.depth, line: part.line, lines: [] });
      continue;
    }
    const lines = part.kind === 'text' ? [part.text] : part.source;
    sections.at(-1)?.lines.push(...lines);
  }
  return sections.map(({ lines, ...section }) => ({ ...section, text: lines.join('\n').trim() }));
}

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'heading';
      readonly title: string;
      readonly depth: number;
      readonly line: number;
    }
  | {
      readonly kind: 'block';
      readonly info: readonly string[];
      readonly code: readonly string[];
      readonly source: readonly string[];
      readonly line: number;
    };

function* partsOf(markdown: string): Generator<Part> {
  const lines = markdown.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fence = /^(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line);
    const heading = /^(#{1,6})\s+(.*?)\s*$/.exec(line);
    if (fence !== null) {
      const [, mark = '', info = ''] = fence;
      const start = at + 1;
      while (++at < lines.length && lines[at]?.trimEnd() !== mark);
      yield {
        kind: 'block',
        info: info.split(/\s+/),
        code: lines.slice(start, at),
        source: lines.slice(start - 1, at + 1),
        line: start + 1,
      };
    } else if (heading !== null) {
      const [, marks = '', title = ''] = heading;
      yield { kind: 'heading', title, depth: marks.length, line: at + 1 };
    } else yield { kind: 'text', text: line };
  }
}
