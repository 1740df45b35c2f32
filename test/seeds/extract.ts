import { createHash } from 'node:crypto';

/** A fenced Python block of a Markdown document. */
export interface PythonBlock {
  /** Its place among the document's Python blocks, from 0. */
  index: number;
  /** The line of the document on which the code begins, 1-based. */
  startLine: number;
  /** The code, without the indentation of the list that the fence stands in. */
  code: string;
  /** Of `code` as UTF-8, in hex. */
  sha256: string;
}

/** The fenced Python blocks of a Markdown text; one that is never closed goes to its end. */
export function pythonBlocks(text: string): PythonBlock[] {
  const blocks: PythonBlock[] = [];
  let open: { indent: string; fence: string; python: boolean; start: number } | undefined;
  let lines: string[] = [];
  const close = () => {
    if (open?.python) {
      const code = lines.map((line) => `${line}\n`).join('');
      const sha256 = createHash('sha256').update(code).digest('hex');
      blocks.push({ index: blocks.length, startLine: open.start, code, sha256 });
    }
    open = undefined;
    lines = [];
  };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (open === undefined) {
      const [, indent, fence, language] = /^([ \t]*)(`{3,}|~{3,})\s*([^\s`]*)/.exec(line) ?? [];
      if (indent === undefined || fence === undefined) continue;
      open = { indent, fence, python: language === 'python', start: index + 2 };
    } else if (isFence(line, open.fence)) {
      close();
    } else {
      lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line.trimStart());
    }
  }
  close();
  return blocks;
}

function isFence(line: string, fence: string): boolean {
  const mark = line.trim();
  return mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length);
}
