/** Statements of one line, without the parser (see block.ts). */
import type { Assign, Expression, ImportedName, Statement } from '../nodes.ts';
import { readAnnotation } from './annotations.ts';
import { CLOSE, DOT, EQUALS } from './characters.ts';
import { readExpression, readExpressions, readValue } from './expressions.ts';
import { notPlain, type Scan } from './scan.ts';
import { isTarget } from './targets.ts';

/** A statement of one line, up to the end of which it is read. */
export function readSimple(scan: Scan, word: string): Statement {
  const { at: start } = scan;
  switch (word) {
    case 'pass':
    case 'break':
    case 'continue':
      scan.skip(word.length);
      return { type: word, start, end: scan.end };
    case 'return': {
      scan.skip(word.length);
      const value = scan.isLineEnd() ? undefined : readExpressions(scan);
      return { type: 'return', start, end: scan.end, ...(value && { value }) };
    }
    case 'raise': {
      scan.skip(word.length);
      const exception = scan.isLineEnd() ? undefined : readExpression(scan);
      const cause = exception && scan.takeWord('from') ? readExpression(scan) : undefined;
      const values = { ...(exception && { exception }), ...(cause && { cause }) };
      return { type: 'raise', start, end: scan.end, ...values };
    }
    case 'assert': {
      scan.skip(word.length);
      const operands = [readExpression(scan)];
      if (scan.take(',')) operands.push(readExpression(scan));
      return { type: 'assert', operands, start, end: scan.end };
    }
    case 'del': {
      scan.skip(word.length);
      const { groupings } = scan;
      const operand = readExpressions(scan);
      if (!isTarget(operand) || scan.groupings !== groupings) notPlain();
      return { type: 'delete', operands: [operand], start, end: scan.end };
    }
    case 'global':
    case 'nonlocal': {
      scan.skip(word.length);
      const names = [scan.name()];
      while (scan.take(',')) names.push(scan.name());
      return { type: word, names, start, end: scan.end };
    }
    case 'from':
    case 'import':
      return readImport(scan);
    default:
      return readAssignment(scan, word);
  }
}

const AUGMENTED = /(?:\*\*|\/\/|<<|>>|[-+*/@%&|^])=/y;

/** An expression, or an assignment of one. */
function readAssignment(scan: Scan, word: string): Statement {
  const { at: start, groupings } = scan;
  const first = readValue(scan);
  if (word === 'print' && (first.type !== 'call' || !scan.isLineEnd())) notPlain();
  if (scan.isLineEnd()) return { type: 'expression', value: first, start, end: scan.end };
  if (!isTarget(first) || scan.groupings !== groupings) notPlain();
  const isOne = first.type !== 'tuple' && first.type !== 'list';
  if (isOne && scan.take(':')) return readAnnotated(scan, first, start);
  AUGMENTED.lastIndex = scan.at;
  const [augmented] = AUGMENTED.exec(scan.text) ?? [];
  if (augmented !== undefined) {
    if (!isOne) notPlain();
    scan.skip(augmented.length);
    const operator = augmented.slice(0, -1);
    const value = readValue(scan);
    return { type: 'augassign', target: first, operator, value, start, end: scan.end };
  }
  const targets: Expression[] = [];
  let value = first;
  while (scan.code === EQUALS) {
    if (!isTarget(value) || scan.groupings !== groupings) notPlain();
    targets.push(value);
    scan.skip(1);
    value = readValue(scan);
  }
  return { type: 'assign', targets, value, start, end: scan.end };
}

function readAnnotated(scan: Scan, target: Expression, start: number): Assign {
  const annotation = readAnnotation(scan);
  const value = scan.take('=') ? readValue(scan) : undefined;
  const span = { start, end: scan.end };
  return { type: 'assign', targets: [target], annotation, ...(value && { value }), ...span };
}

function readImport(scan: Scan): Statement {
  const { at: start } = scan;
  if (scan.takeWord('import')) {
    const names = readImported(scan, readDotted);
    return { type: 'import', names, start, end: scan.end };
  }
  scan.expectWord('from');
  let level = 0;
  for (; scan.code === DOT; level++) scan.skip(1);
  const module = level > 0 && scan.isWord('import') ? '' : readDotted(scan);
  scan.expectWord('import');
  const { at } = scan;
  const names = scan.take('*')
    ? [{ name: '*', start: at, end: scan.end }]
    : scan.isAt('(')
      ? scan.inBrackets('(', ')', () => readImported(scan, (one) => one.name()))
      : readImported(scan, (one) => one.name());
  // In these brackets the parser goes by the indentation of lines.
  if (scan.leastIndentation(at) < scan.column) notPlain();
  return { type: 'import-from', module, level, names, start, end: scan.end };
}

function readDotted(scan: Scan): string {
  const parts = [scan.name()];
  while (scan.take('.')) parts.push(scan.name());
  return parts.join('.');
}

function readImported(scan: Scan, readName: (scan: Scan) => string): ImportedName[] {
  const names = scan.list(CLOSE, () => {
    const { at: start } = scan;
    const name = readName(scan);
    const alias = scan.takeWord('as') ? scan.name() : undefined;
    return { name, start, end: scan.end, ...(alias !== undefined && { alias }) };
  });
  return names.length > 0 ? names : notPlain();
}
