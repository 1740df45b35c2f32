/** Comments, and the logical lines that they stand on, by the scanner that cuts files into blocks. */
import { type Line, logicalLines } from './blocks.ts';

/** UTF-16 offsets, from the `#` to the end of its line. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** What Python reads as one line, over brackets, strings and continuations, with its trailing comment. */
export interface LogicalLine {
  readonly start: number;
  readonly end: number;
  /** Where the statement's head starts and ends: of a definition from its first decorator to its `:`. */
  readonly headStart: number;
  readonly headEnd: number;
}

export interface Commented {
  readonly comments: readonly Comment[];
  /** In the order of the text; lines with nothing but a comment are none. */
  readonly lines: readonly LogicalLine[];
}

/** The real comments of a file, none that stands in a string, and its logical lines. Never throws. */
export function readComments(text: string): Commented {
  let comments: Comment[] = [];
  const collect = (start: number, end: number) => void comments.push({ start, end });
  let lines = logicalLines(text, false, collect);
  if (lines === undefined) {
    comments = [];
    lines = logicalLines(text, true, collect) ?? [];
  }
  return { comments, lines: withHeads(text, lines) };
}

/** Decorators and the definition that follows them at their level are one head. */
function withHeads(text: string, lines: readonly Line[]): LogicalLine[] {
  const found: LogicalLine[] = [];
  for (let first = 0; first < lines.length; ) {
    let last = first;
    while (isDecorator(text, lines[last]) && lines[last + 1]?.column === lines[first]?.column)
      last++;
    const head = lines.slice(first, last + 1);
    const headStart = head[0]?.start ?? 0;
    const headEnd = head.at(-1)?.end ?? 0;
    for (const { start, end } of head) found.push({ start, end, headStart, headEnd });
    first = last + 1;
  }
  return found;
}

function isDecorator(text: string, line: Line | undefined): boolean {
  return line !== undefined && text.charCodeAt(line.start) === 64;
}

/** The logical line that an offset lies on; `undefined` between lines. */
export function logicalLineAt(
  lines: readonly LogicalLine[],
  offset: number,
): LogicalLine | undefined {
  let low = 0;
  let high = lines.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const line = lines[middle];
    if (line === undefined) return undefined;
    if (offset < line.start) high = middle - 1;
    else if (offset > line.end) low = middle + 1;
    else return line;
  }
  return undefined;
}
