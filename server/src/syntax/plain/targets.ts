/** What can be assigned to, without the parser (see block.ts). */
import type { Expression } from '../nodes.ts';
import { COMMA } from './characters.ts';
import { readElement, readPostfix } from './expressions.ts';
import { notPlain, type Scan } from './scan.ts';

/** What a `for` gives its values to, up to `in`. */
export function readTargets(scan: Scan): Expression {
  const { at: start, groupings } = scan;
  let target = readElement(scan, readPostfix);
  if (scan.code === COMMA) {
    const elements = [target];
    while (scan.take(',')) {
      if (scan.isWord('in')) break;
      elements.push(readElement(scan, readPostfix));
    }
    target = { type: 'tuple', elements, start, end: scan.end };
  }
  return isTarget(target) && scan.groupings === groupings ? target : notPlain();
}

/** Whether something can be assigned to. */
export function isTarget(target: Expression): boolean {
  switch (target.type) {
    case 'name':
    case 'attribute':
    case 'subscript':
      return true;
    case 'tuple':
    case 'list':
      return target.elements.every((one) => isTarget(one.type === 'starred' ? one.value : one));
    default:
      return false;
  }
}
