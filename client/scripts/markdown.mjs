// Reads the blocks and sections of a Markdown page. Plain JavaScript, for the build; the types stand beside it.

/** The blocks of a page, in its order. A block that is never closed ends with the page. */
export function blocksOf(markdown) {
  const blocks = [];
  const headings = [];
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
export function sectionsOf(markdown) {
  const sections = [];
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

function* partsOf(markdown) {
  const lines = markdown.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    const fence = /^(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line);
    const heading = /^(#{1,6})\s+(.*?)\s*$/.exec(line);
    if (fence !== null) {
      const [, mark, info] = fence;
      const start = at + 1;
      while (++at < lines.length && lines[at].trimEnd() !== mark);
      yield {
        kind: 'block',
        info: info.split(/\s+/),
        code: lines.slice(start, at),
        source: lines.slice(start - 1, at + 1),
        line: start + 1,
      };
    } else if (heading !== null) {
      const [, marks, title] = heading;
      yield { kind: 'heading', title, depth: marks.length, line: at + 1 };
    } else yield { kind: 'text', text: line };
  }
}
