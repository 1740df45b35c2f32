/**
 * Expressions as they are mostly written outside of bodies: names, attributes, calls, subscripts, literals. Whatever else
 * is there, down to a comment or an operator, gives `undefined`, and the parser reads it.
 */
import type { Argument, Expression } from './nodes.ts';

/** A place in a text, that moves on as it is read. */
export interface Scan {
  readonly text: string;
  at: number;
  /** How many brackets are open: inside of them, lines may end. */
  depth: number;
}

/** Words that can't be names everywhere, for Python or for the grammar. */
const RESERVED_WORDS =
  'False None True and as assert async await break case class continue def del elif else except exec finally for from global if import in is lambda match nonlocal not or pass print raise return try type while with yield';
const RESERVED: ReadonlySet<string> = new Set(RESERVED_WORDS.split(' '));

/** One that says whether any word of a text is reserved. */
export const SAYS_RESERVED = new RegExp(`\\b(?:${RESERVED_WORDS.replaceAll(' ', '|')})\\b`);

const CONSTANTS = { True: 'true', False: 'false', None: 'none' } as const;
/** Deeper, or a longer chain, than anybody writes by hand: code that walks nodes may recurse. */
const MAX_DEPTH = 40;

const WORD = /[A-Za-z_][A-Za-z0-9_]*(?![^\0-\x7f])/y;
const NUMBER = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?![\w.]|[^\0-\x7f])/y;
const KEYWORD = /([A-Za-z_][A-Za-z0-9_]*)[ \t]*=(?!=)/y;
const LONG_STRING = /"""[^\\]*?"""|'''[^\\]*?'''/y;
const SHORT_STRING = /"[^"\\\r\n]*"|'[^'\\\r\n]*'/y;
const SPACE = /[ \t]*/y;
const SPACE_IN_BRACKETS = /(?:[ \t\n]|\r\n)*/y;

/** What a sticky pattern finds at the place, which moves behind it. */
function take(scan: Scan, pattern: RegExp): string | undefined {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0];
  if (found !== undefined) scan.at += found.length;
  return found;
}

export function skipSpace(scan: Scan): void {
  take(scan, scan.depth > 0 ? SPACE_IN_BRACKETS : SPACE);
}

export function isAt(scan: Scan, mark: string): boolean {
  return scan.text.startsWith(mark, scan.at);
}

/** Moves behind the mark, if it is what comes after white space. */
export function takeMark(scan: Scan, mark: string): boolean {
  skipSpace(scan);
  if (!isAt(scan, mark)) return false;
  scan.at += mark.length;
  return true;
}

export function takeName(scan: Scan): string | undefined {
  const word = take(scan, WORD);
  return word === undefined || RESERVED.has(word) ? undefined : word;
}

/** One expression; the place is then right behind it. */
export function readExpression(scan: Scan): Expression | undefined {
  let left = readPostfix(scan);
  let hasSubscript = false;
  // `int | None`, the one operator of annotations.
  for (let links = 0; left !== undefined; links++) {
    const { at } = scan;
    if (!takeMark(scan, '|') || isAt(scan, '=')) {
      scan.at = at;
      return left;
    }
    if (links >= MAX_DEPTH) return undefined;
    // The grammar sometimes groups `list[A] | B | C` from the right.
    if (left.type === 'binary' && hasSubscript) return undefined;
    skipSpace(scan);
    const right = readPostfix(scan);
    if (right === undefined) return undefined;
    hasSubscript ||= left.type === 'subscript' || right.type === 'subscript';
    left = { type: 'binary', operator: '|', left, right, start: left.start, end: right.end };
  }
  return undefined;
}

function readPostfix(scan: Scan): Expression | undefined {
  let value = readAtom(scan);
  for (let links = 0; value !== undefined; links++) {
    if (links > MAX_DEPTH) return undefined;
    const { start } = value;
    const { at } = scan;
    if (isAt(scan, '.')) {
      scan.at++;
      const name = takeName(scan);
      if (name === undefined) return undefined;
      value = { type: 'attribute', object: value, name, nameStart: at + 1, start, end: scan.at };
    } else if (isAt(scan, '(')) {
      const args = readList(scan, ')', readArgument);
      if (args === undefined) return undefined;
      value = { type: 'call', callee: value, args: args.items, argsStart: at, start, end: scan.at };
    } else if (isAt(scan, '[')) {
      const indices = readList(scan, ']', readExpression);
      if (indices === undefined || indices.items.length === 0 || indices.isTrailing)
        return undefined;
      value = { type: 'subscript', object: value, indices: indices.items, start, end: scan.at };
    } else return value;
  }
  return undefined;
}

function readAtom(scan: Scan): Expression | undefined {
  const { text, at: start } = scan;
  const first = text.charAt(start);
  if (first === '"' || first === "'") return readString(scan);
  if (first >= '0' && first <= '9') {
    const number = take(scan, NUMBER);
    return number === undefined ? undefined : { type: 'number', text: number, start, end: scan.at };
  }
  if (first === '[') {
    const list = readList(scan, ']', readExpression);
    return list && { type: 'list', elements: list.items, start, end: scan.at };
  }
  if (first === '(') {
    const tuple = readList(scan, ')', readExpression);
    // One in brackets is itself, and so no longer as long as what is around it.
    if (tuple === undefined || (tuple.items.length === 1 && !tuple.isTrailing)) return undefined;
    return { type: 'tuple', elements: tuple.items, start, end: scan.at };
  }
  if (first === '{') {
    const dict = readList(scan, '}', readPair);
    return dict && { type: 'dict', entries: dict.items, start, end: scan.at };
  }
  if (isAt(scan, '...')) {
    scan.at += 3;
    return { type: 'ellipsis', start, end: scan.at };
  }
  const word = take(scan, WORD);
  if (word === undefined || /["']/.test(text.charAt(scan.at))) return undefined;
  const end = scan.at;
  if (word === 'True' || word === 'False' || word === 'None')
    return { type: CONSTANTS[word], start, end };
  return RESERVED.has(word) ? undefined : { type: 'name', id: word, start, end };
}

function readString(scan: Scan): Expression | undefined {
  const { at: start, text } = scan;
  const quotes = text.charAt(start).repeat(3);
  const width = isAt(scan, quotes) ? 3 : 1;
  if (take(scan, width === 3 ? LONG_STRING : SHORT_STRING) === undefined) return undefined;
  const end = scan.at;
  const value = text.slice(start + width, end - width);
  return { type: 'string', value, bytes: false, start, end, contentStart: start + width };
}

interface List<T> {
  readonly items: readonly T[];
  /** A comma stands before the closing bracket. */
  readonly isTrailing: boolean;
}

/** What stands in brackets, from the opening one; the place is then behind the closing one. */
export function readList<T>(
  scan: Scan,
  close: string,
  read: (scan: Scan) => T | undefined,
): List<T> | undefined {
  if (scan.depth >= MAX_DEPTH) return undefined;
  scan.at++;
  scan.depth++;
  const items: T[] = [];
  let isTrailing = false;
  for (;;) {
    skipSpace(scan);
    if (isAt(scan, close)) break;
    if (items.length > 0 && !isTrailing) return undefined;
    const item = read(scan);
    if (item === undefined) return undefined;
    items.push(item);
    isTrailing = takeMark(scan, ',');
  }
  scan.at++;
  scan.depth--;
  return { items, isTrailing };
}

export function readArgument(scan: Scan): Argument | undefined {
  const { at: start } = scan;
  KEYWORD.lastIndex = start;
  const match = KEYWORD.exec(scan.text);
  if (match !== null) {
    const [whole, name = ''] = match;
    if (RESERVED.has(name)) return undefined;
    scan.at += whole.length;
    skipSpace(scan);
  }
  const value = readExpression(scan);
  if (value === undefined) return undefined;
  const end = scan.at;
  return match === null ? { value, start, end } : { name: match[1] ?? '', value, start, end };
}

function readPair(scan: Scan): { key: Expression; value: Expression } | undefined {
  const key = readExpression(scan);
  if (key === undefined || !takeMark(scan, ':')) return undefined;
  skipSpace(scan);
  const value = readExpression(scan);
  return value && { key, value };
}
