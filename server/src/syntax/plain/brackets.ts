/** What brackets make: tuples, lists, dicts, sets, and comprehensions of them, without the parser (see block.ts). */
import type { Comprehension, ComprehensionClause, Dict, Expression } from '../nodes.ts';
import { CLOSE, CLOSE_BRACE, CLOSE_BRACKET, COMMA } from './characters.ts';
import {
  readElement,
  readExpression,
  readNamed,
  readOperation,
  readStarred,
  readYield,
} from './expressions.ts';
import { notPlain, type Scan } from './scan.ts';
import { readTargets } from './targets.ts';

/** One without its place, which the brackets say. */
type Inside<T> = Omit<T, 'start' | 'end'>;

/** `()`, a tuple, a generator, or one expression, which the brackets leave no trace of. */
export function readParenthesized(scan: Scan): Expression {
  const { at: start } = scan;
  let alone: Expression | undefined;
  const elements: Expression[] = [];
  const clauses = scan.inBrackets('(', ')', () => {
    if (scan.isWord('yield')) alone = readYield(scan);
    else if (scan.code !== CLOSE) {
      elements.push(readElement(scan, readNamed));
      if (startsClause(scan)) return readClauses(scan);
      if (scan.code === COMMA) readMore(scan, elements, CLOSE);
      else [alone] = elements;
    }
    return undefined;
  });
  const span = { start, end: scan.end };
  if (clauses !== undefined) return { ...comprehension('generator', elements, clauses), ...span };
  if (alone === undefined) return { type: 'tuple', elements, ...span };
  scan.groupings++;
  return alone.type === 'starred' ? notPlain() : alone;
}

export function readList(scan: Scan): Expression {
  const { at: start } = scan;
  const elements: Expression[] = [];
  const clauses = scan.inBrackets('[', ']', () => {
    if (scan.code === CLOSE_BRACKET) return undefined;
    elements.push(readElement(scan, readNamed));
    if (startsClause(scan)) return readClauses(scan);
    readMore(scan, elements, CLOSE_BRACKET);
    return undefined;
  });
  const span = { start, end: scan.end };
  if (clauses !== undefined) return { ...comprehension('list', elements, clauses), ...span };
  return { type: 'list', elements, ...span };
}

/** A dict or a set, or a comprehension of either. */
export function readBraces(scan: Scan): Expression {
  const { at: start } = scan;
  const inside = scan.inBrackets('{', '}', () => readInBraces(scan));
  return { ...inside, start, end: scan.end };
}

function readInBraces(scan: Scan) {
  if (scan.code === CLOSE_BRACE) return readEntries(scan, []);
  if (scan.isAt('**')) return readEntries(scan, [scan.unlinked(() => readEntry(scan))]);
  const first = readElement(scan, readNamed);
  const elements = [first];
  if (first.type !== 'starred' && first.type !== 'walrus' && scan.take(':')) {
    const value = scan.unlinked(() => readExpression(scan));
    if (!startsClause(scan)) return readEntries(scan, [{ key: first, value }]);
    return comprehension('dict', elements, readClauses(scan), value);
  }
  if (startsClause(scan)) return comprehension('set', elements, readClauses(scan));
  readMore(scan, elements, CLOSE_BRACE);
  return { type: 'set' as const, elements };
}

/** The elements that follow the first one. */
function readMore(scan: Scan, elements: Expression[], close: number): void {
  if (!scan.take(',')) return;
  // As many as a file of data has: not all of them are arguments of one call.
  for (const one of scan.list(close, () => readElement(scan, readNamed))) elements.push(one);
}

type Entry = Dict['entries'][number];

/** The entries that follow those that were read. */
function readEntries(scan: Scan, entries: readonly Entry[]): Inside<Dict> {
  const more =
    entries.length > 0 && scan.take(',') ? scan.list(CLOSE_BRACE, () => readEntry(scan)) : [];
  return { type: 'dict', entries: [...entries, ...more] };
}

function readEntry(scan: Scan): Entry {
  if (scan.isAt('**')) return { value: readStarred(scan, '**') };
  const key = readExpression(scan);
  scan.expect(':');
  return { key, value: readExpression(scan) };
}

function comprehension(
  form: Comprehension['form'],
  [element = notPlain()]: readonly Expression[],
  clauses: readonly ComprehensionClause[],
  value?: Expression,
): Inside<Comprehension> {
  if (element.type === 'starred') notPlain();
  return { type: 'comprehension', form, element, ...(value && { value }), clauses };
}

/** Whether a comprehension goes on, or begins, with a `for`. */
export function startsClause(scan: Scan): boolean {
  return scan.isWord('for') || scan.isWord('async');
}

/** What follows the element of a comprehension. */
export function readClauses(scan: Scan): ComprehensionClause[] {
  const clauses: ComprehensionClause[] = [];
  while (startsClause(scan)) {
    const isAsync = scan.takeWord('async');
    scan.expectWord('for');
    const target = readTargets(scan);
    scan.expectWord('in');
    const iterable = readOperation(scan);
    const conditions: Expression[] = [];
    while (scan.takeWord('if')) conditions.push(readOperation(scan));
    clauses.push({ target, iterable, isAsync, conditions });
  }
  return clauses;
}
