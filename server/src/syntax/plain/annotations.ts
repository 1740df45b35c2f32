/**
 * Annotations without the parser (see block.ts). To the grammar they are another language, of which names, calls and
 * subscripts with `|` between them are the same.
 */
import type { Expression } from '../nodes.ts';
import { readCall } from './arguments.ts';
import { CLOSE_BRACKET, DOT, OPEN, OPEN_BRACE, OPEN_BRACKET } from './characters.ts';
import { readAtom, readAttribute } from './expressions.ts';
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
  const { at: start } = scan;
  let value = readTypeAtom(scan);
  for (;;) {
    switch (scan.code) {
      case DOT:
        value = readAttribute(scan, value, start);
        break;
      case OPEN:
        value = readCall(scan, value, start);
        break;
      case OPEN_BRACKET: {
        scan.link();
        const indices = scan.inBrackets('[', ']', () => readTypes(scan));
        value = { type: 'subscript', object: value, indices, start, end: scan.end };
        break;
      }
      default:
        return value;
    }
  }
}

function readTypes(scan: Scan): Expression[] {
  const types: Expression[] = [];
  do {
    if (types.length > 0 && scan.code === CLOSE_BRACKET) break;
    types.push(scan.unlinked(() => readAnnotation(scan)));
  } while (scan.take(','));
  return types;
}

function readTypeAtom(scan: Scan): Expression {
  const { at: start, code } = scan;
  if (code === OPEN || code === OPEN_BRACE) notPlain();
  if (code !== OPEN_BRACKET) return readAtom(scan);
  const elements = scan.inBrackets('[', ']', () =>
    scan.code === CLOSE_BRACKET ? [] : readTypes(scan),
  );
  return { type: 'list', elements, start, end: scan.end };
}
