/** Where a suppression comment goes: beside one that is there, at the end of a short line, or above the statement. */
import { logicalLineAt, readComments } from '../syntax/comments.ts';
import type { Position, Range } from './diagnostic.ts';
import { createDirectivesAt, type Directive, readDirectives } from './directives.ts';
import { type Lines, linesOf } from './lines.ts';

/** One insertion. */
export interface Insertion {
  readonly range: Range;
  readonly newText: string;
}

/** A comment that makes a line longer than this goes above it: what formatters leave alone by default. */
const WIDTH = 88;

/** Silences a rule for what starts at a place. */
export function suppressHere(text: string, at: Position, rule: string): Insertion {
  const places = linesOf(text);
  const existing = createDirectivesAt(
    readDirectives(text),
    places,
  )(at).find((each) => isOurs(each, 'ignore'));
  if (existing !== undefined) return extended(text, existing, rule, places);
  const { lines } = readComments(text);
  const statement = logicalLineAt(lines, places.startOf(at.line) + at.character);
  const comment = `# mentor: ignore[${rule}]`;
  const lineStart = places.startOf(statement ? places.positionAt(statement.start).line : at.line);
  const lineEnd = statement?.end ?? endOfLine(text, lineStart);
  const isShort = lineEnd - lineStart + comment.length + 2 <= WIDTH;
  if (isShort && !/[\r\n]/.test(text.slice(lineStart, lineEnd)))
    return insertion(places, lineEnd, `  ${comment}`);
  const indent = /^[ \t\f\ufeff]*/.exec(text.slice(lineStart))?.[0].replace('\ufeff', '') ?? '';
  return insertion(places, lineStart, indent + comment + newlineOf(text));
}

/** Silences a rule for a file. The comment goes below those that the file starts with. */
export function suppressInFile(text: string, rule: string): Insertion {
  const places = linesOf(text);
  const { directives } = readDirectives(text);
  const existing = directives.find((each) => isOurs(each, 'ignore-file'));
  if (existing !== undefined) return extended(text, existing, rule, places);
  const comment = `# mentor: ignore-file[${rule}]`;
  let line = 0;
  while (/^\ufeff?[ \t]*#/.test(text.slice(places.startOf(line), places.startOf(line) + 200)))
    line++;
  const start = places.startOf(line);
  const newline = newlineOf(text);
  const isOpen = start === text.length && /[^\r\n]$/.test(text);
  const skipped = start === 0 && text.startsWith('\ufeff') ? 1 : start;
  return insertion(places, skipped, isOpen ? newline + comment : comment + newline);
}

function isOurs({ tool, word }: Directive, expected: string): boolean {
  return tool === 'mentor' && word.text === expected;
}

/** The comment that is there, with one more name in it. */
function extended(text: string, { word, names, end }: Directive, rule: string, places: Lines) {
  const last = names.at(-1);
  if (last !== undefined) return insertion(places, last.end, `, ${rule}`);
  const empty = /^[ \t]*\[[ \t]*/.exec(text.slice(word.end, end))?.[0];
  return empty === undefined
    ? insertion(places, word.end, `[${rule}]`)
    : insertion(places, word.end + empty.length, rule);
}

function insertion(places: Lines, offset: number, newText: string): Insertion {
  return { range: places.rangeOf(offset, offset), newText };
}

function endOfLine(text: string, from: number): number {
  const length = text.slice(from).search(/[\r\n]/);
  return length === -1 ? text.length : from + length;
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
