import type { Position, Range } from './diagnostic.ts';

/** Turns UTF-16 offsets of one text into positions. A line ends at `\n`, `\r\n` or `\r`, as in the protocol. */
export interface Lines {
  positionAt(offset: number): Position;
  rangeOf(start: number, end: number): Range;
  /** The offset where a 0-based line starts; the text's length past the last one. */
  startOf(line: number): number;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 13 && text.charCodeAt(i + 1) === 10) continue;
    if (code === 10 || code === 13) starts.push(i + 1);
  }
  return starts;
}

export function linesOf(text: string): Lines {
  const starts = lineStarts(text);
  const positionAt = (offset: number): Position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (starts[low] ?? 0) };
  };
  return {
    positionAt,
    rangeOf: (start, end) => ({ start: positionAt(start), end: positionAt(end) }),
    startOf: (line) => starts[line] ?? text.length,
  };
}
