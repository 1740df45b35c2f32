/** Statements, with what stands below them, without the parser (see block.ts). */
import type { ExceptHandler, Expression, If, Statement, With } from '../nodes.ts';
import { AT, CLOSE, COLON } from './characters.ts';
import { readDefinition, readFunction } from './definitions.ts';
import { readExpression, readExpressions, readNamed, readPostfix } from './expressions.ts';
import { notPlain, type Scan } from './scan.ts';
import { readSimple } from './simple.ts';
import { isTarget, readTargets } from './targets.ts';

/** Statements below a line, and where they end, with the comments among them. */
interface Suite {
  readonly body: readonly Statement[];
  readonly end: number;
}

/** Further indented than any line: only what stands on the line itself belongs to it. */
const SAME_LINE = Number.POSITIVE_INFINITY;

const NO_SUITE: Suite = { body: [], end: -1 };

/** The statement that begins where the scan stands, which is then at the first token of the line behind it. */
export function readStatement(scan: Scan): Statement {
  const { code } = scan;
  if (code === AT) return readDefinition(scan);
  const word = scan.word();
  switch (word) {
    case 'async':
      return readAsync(scan);
    case 'class':
    case 'def':
      return readDefinition(scan);
    case 'for':
      return readFor(scan, scan.at, false);
    case 'if':
      return readIf(scan);
    case 'try':
      return readTry(scan);
    case 'while':
      return readWhile(scan);
    case 'with':
      return readWith(scan, scan.at, false);
    default: {
      const statement = readSimple(scan, word);
      scan.nextLine();
      return statement;
    }
  }
}

/** What stands behind a colon: indented lines below, or one statement on the same line. */
export function readSuite(scan: Scan): Suite {
  const { column } = scan;
  scan.expect(':');
  if (!scan.isLineEnd()) {
    scan.statementStart = scan.at;
    const statement = readSimple(scan, scan.word());
    scan.nextLine();
    return { body: [statement], end: scan.endOfLines(SAME_LINE, statement.end) };
  }
  scan.nextLine();
  if (scan.column <= column) notPlain();
  return scan.suite(() => readLines(scan));
}

/** The lines of one indentation. */
function readLines(scan: Scan): Suite {
  const { column } = scan;
  const body: Statement[] = [];
  let end = 0;
  do {
    const statement = readStatement(scan);
    body.push(statement);
    end = statement.end;
  } while (scan.column === column);
  if (scan.column > column) notPlain();
  return { body, end: scan.endOfLines(column, end) };
}

function readAsync(scan: Scan): Statement {
  const { at: start } = scan;
  scan.expectWord('async');
  if (scan.isWord('def')) return readFunction(scan, [], start, true);
  if (scan.isWord('for')) return readFor(scan, start, true);
  return scan.isWord('with') ? readWith(scan, start, true) : notPlain();
}

function readFor(scan: Scan, start: number, isAsync: boolean): Statement {
  const { column } = scan;
  scan.expectWord('for');
  const target = readTargets(scan);
  scan.expectWord('in');
  const iterable = readExpressions(scan);
  const { body, end } = readSuite(scan);
  const orelse = readClause(scan, 'else', column);
  const span = { start, end: Math.max(end, orelse.end) };
  return { type: 'for', isAsync, target, iterable, body, orelse: orelse.body, ...span };
}

function readWhile(scan: Scan): Statement {
  const { column, at: start } = scan;
  scan.expectWord('while');
  const condition = readNamed(scan);
  const { body, end } = readSuite(scan);
  const orelse = readClause(scan, 'else', column);
  const span = { start, end: Math.max(end, orelse.end) };
  return { type: 'while', condition, body, orelse: orelse.body, ...span };
}

function readIf(scan: Scan): Statement {
  const { column, at: start } = scan;
  const branches: If['branches'][number][] = [];
  let last = NO_SUITE;
  do {
    scan.skip(branches.length === 0 ? 'if'.length : 'elif'.length);
    const condition = readNamed(scan);
    last = readSuite(scan);
    branches.push({ condition, body: last.body });
  } while (scan.column === column && scan.isWord('elif'));
  const orelse = readClause(scan, 'else', column);
  const span = { start, end: Math.max(last.end, orelse.end) };
  return { type: 'if', branches, orelse: orelse.body, ...span };
}

function readTry(scan: Scan): Statement {
  const { column, at: start } = scan;
  scan.expectWord('try');
  const { body } = readSuite(scan);
  const handlers: ExceptHandler[] = [];
  while (scan.column === column && scan.isWord('except')) handlers.push(readHandler(scan));
  const orelse = handlers.length > 0 ? readClause(scan, 'else', column) : NO_SUITE;
  const last = readClause(scan, 'finally', column);
  const end = Math.max(handlers.at(-1)?.end ?? -1, orelse.end, last.end);
  if (end < 0) notPlain();
  const suites = { body, handlers, orelse: orelse.body, finalbody: last.body };
  return { type: 'try', ...suites, start, end };
}

function readHandler(scan: Scan): ExceptHandler {
  const { at: start } = scan;
  scan.expectWord('except');
  const exception = scan.code === COLON ? undefined : readExpression(scan);
  const name = exception && scan.takeWord('as') ? scan.name() : undefined;
  const { body, end } = readSuite(scan);
  return {
    body,
    start,
    end,
    ...(exception && { exception }),
    ...(name !== undefined && { name }),
  };
}

function readClause(scan: Scan, word: 'else' | 'finally', column: number): Suite {
  return scan.column === column && scan.takeWord(word) ? readSuite(scan) : NO_SUITE;
}

function readWith(scan: Scan, start: number, isAsync: boolean): Statement {
  scan.expectWord('with');
  const isInBrackets = scan.isAt('(');
  const items = isInBrackets ? scan.inBrackets('(', ')', () => readItems(scan)) : readItems(scan);
  // What has no names may as well be a tuple, or the beginning of an item.
  if (isInBrackets && !(items.some(({ target }) => target) && scan.isAt(':'))) notPlain();
  return { type: 'with', isAsync, items, start, ...readSuite(scan) };
}

function readItems(scan: Scan): With['items'] {
  return scan.list(CLOSE, () => {
    const context = readExpression(scan);
    const { groupings } = scan;
    const target = scan.takeWord('as') ? readPostfix(scan) : undefined;
    // The grammar takes `a if b else c as d` for `a if b else (c as d)`.
    if (target !== undefined && !isPostfix(context)) notPlain();
    if (target !== undefined && (!isTarget(target) || scan.groupings !== groupings)) notPlain();
    return { context, ...(target && { target }) };
  });
}

function isPostfix({ type }: Expression): boolean {
  return type === 'name' || type === 'attribute' || type === 'call' || type === 'subscript';
}
