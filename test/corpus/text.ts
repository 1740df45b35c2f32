/** Texts, and places in them as the protocol counts: lines end at `\n`, `\r\n` or `\r`. */
import { createHash } from 'node:crypto';
import type { Position, Range, TextEdit } from '../../server/src/engine/diagnostic.ts';

export const linesIn = (text: string): string[] => text.split(/\r\n|\r|\n/);

/** Says what is wrong with a range, if anything is. */
export function faultOf({ start, end }: Range, lines: readonly string[]): string | undefined {
  if (!isInside(start, lines)) return `starts outside the file (${spell(start)})`;
  if (!isInside(end, lines)) return `ends outside the file (${spell(end)})`;
  const ordered =
    start.line < end.line || (start.line === end.line && start.character <= end.character);
  return ordered ? undefined : `ends (${spell(end)}) before it starts (${spell(start)})`;
}

function isInside({ line, character }: Position, lines: readonly string[]): boolean {
  const text = lines[line];
  return (
    Number.isInteger(line) &&
    Number.isInteger(character) &&
    text !== undefined &&
    character >= 0 &&
    character <= text.length
  );
}

const spell = ({ line, character }: Position) => `${line + 1}:${character + 1}`;

/** The text after edits of one file. Throws when two of them overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  const offset = ({ line, character }: Position) => (starts[line] ?? text.length) + character;
  const ordered = edits
    .map(({ range, newText }, index) => ({
      start: offset(range.start),
      end: offset(range.end),
      newText,
      index,
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index);
  let result = '';
  let at = 0;
  for (const { start, end, newText } of ordered) {
    if (start < at) throw new Error('two edits of one fix overlap');
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}

/** Names a line by what it says, wherever it stands: eight hexadecimal digits. */
export function lineHash(line: string): string {
  return createHash('sha256').update(line.trim()).digest('hex').slice(0, 8);
}
