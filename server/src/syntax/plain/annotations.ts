/**
 * Annotations without the parser (see block.ts). To the grammar they are another language, of which names, calls and
 * subscripts with `|` between them are the same.
 */
import type { Expression } from '../nodes.ts';
import { CLOSE_BRACKET, OPEN, OPEN_BRACE, OPEN_BRACKET } from './characters.ts';
import { readAtom, readPostfix } from './expressions.ts';
import { notPlain, type Scan } from './scan.ts';

/** What stands behind a colon or an arrow. */
export function readAnnotation(scan: Scan): Expression {
  const { at: start } = scan;
  let left = readType(scan);
  let hasSubscript = left.type === 'subscript';
  while (scan.isAt('|')) {
    scan.link();
    // The grammar sometimes groups `list[A] | B | C` from the right.
    if (left.type === 'binary' && hasSubscript) notPlain();
    scan.skip(1);
    const right = readType(scan);
    hasSubscript ||= right.type === 'subscript';
    left = { type: 'binary', operator: '|', left, right, start, end: scan.end };
  }
  return left;
}

function readType(scan: Scan): Expression {
  return readPostfix(scan, readTypeAtom, readTypes);
}

/** In the brackets behind a type. */
function readTypes(scan: Scan): readonly Expression[] {
  const types = scan.list(CLOSE_BRACKET, () => readAnnotation(scan));
  return types.length > 0 ? types : notPlain();
}

function readTypeAtom(scan: Scan): Expression {
  const { at: start, code } = scan;
  if (code === OPEN || code === OPEN_BRACE) notPlain();
  if (code !== OPEN_BRACKET) return readAtom(scan);
  const elements = scan.inBrackets('[', ']', () =>
    scan.list(CLOSE_BRACKET, () => readAnnotation(scan)),
  );
  return { type: 'list', elements, start, end: scan.end };
}
