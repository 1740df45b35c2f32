import type { Position, Range } from '../engine/diagnostic.ts';

/** A document as the client has it now. It is never changed: an edit gives a new one. */
export interface OpenDocument {
  /** As the client writes it. */
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** One change as the protocol sends it; without a range it replaces the whole text. */
export interface Change {
  readonly range?: Range;
  readonly text: string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The document after `changes`, each of which speaks of the text that the one before it left. Changes that come from
 * the end of the text to its start (as many cursors do) are applied together: the text is copied once, not once each.
 */
export function applyChanges(
  document: OpenDocument,
  changes: readonly Change[],
  version: number,
): OpenDocument {
  let text = document.text;
  let lineStarts: readonly number[] | undefined;
  let pending: Edit[] = [];
  const flush = () => {
    if (pending.length > 0) text = splice(text, pending);
    lineStarts = undefined;
    pending = [];
  };
  for (const { range, text: newText } of changes) {
    if (range === undefined) {
      flush();
      text = newText;
      continue;
    }
    lineStarts ??= lineStartsOf(text);
    const last = pending.at(-1);
    if (last !== undefined && !isBefore(text, lineStarts, range, last.start)) {
      flush();
      lineStarts = lineStartsOf(text);
    }
    const start = offsetAt(text, lineStarts, range.start);
    const end = offsetAt(text, lineStarts, range.end);
    pending.push({ start: Math.min(start, end), end: Math.max(start, end), text: newText });
  }
  flush();
  return { uri: document.uri, version, text };
}

/** Whether a range lies before an offset so clearly that nothing done from there on can move it. */
function isBefore(
  text: string,
  lineStarts: readonly number[],
  { start, end }: Range,
  offset: number,
): boolean {
  // A position that had to be moved into the text might be moved elsewhere in the text to come, and a CR
  // might become one line break with what follows it.
  return [start, end].every((each) => {
    const at = offsetAt(text, lineStarts, each);
    const isExact = at === (lineStarts[each.line] ?? Number.NaN) + each.character;
    return isExact && at <= offset && text[offset - 1] !== '\r';
  });
}

/** `edits` do not overlap and stand from the last to the first. */
function splice(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let from = text.length;
  for (const edit of edits) {
    parts.push(text.slice(edit.end, from), edit.text);
    from = edit.start;
  }
  parts.push(text.slice(0, from));
  return parts.reverse().join('');
}

/** Where each line starts. Lines end with LF, CRLF or CR. */
function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 10 || (unit === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

/** Positions outside the text are moved to its nearest one, those behind a line before its line break. */
function offsetAt(text: string, lineStarts: readonly number[], { line, character }: Position) {
  if (line < 0) return 0;
  const start = lineStarts[line];
  if (start === undefined) return text.length;
  let end = lineStarts[line + 1] ?? text.length;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return Math.min(start + Math.max(0, character), end);
}
