/** What stands between the brackets of calls, subscripts and headers, without the parser (see block.ts). */
import type {
  Argument,
  Call,
  ComprehensionClause,
  Expression,
  Parameter,
  Slice,
} from '../nodes.ts';
import { readClauses, startsClause } from './brackets.ts';
import { CLOSE, CLOSE_BRACKET, COLON, COMMA, EQUALS, STAR } from './characters.ts';
import { readExpression, readNamed, readStarred } from './expressions.ts';
import { isKeyword, isOfWord, notPlain, type Scan } from './scan.ts';

/** `start` is where the callee begins, with the brackets around it. */
export function readCall(scan: Scan, callee: Expression, start: number): Call {
  const { at: argsStart } = scan;
  scan.link();
  let clauses: readonly ComprehensionClause[] = [];
  let args: Argument[] = [];
  scan.inBrackets('(', ')', () => {
    args = readArguments(scan);
    if (startsClause(scan)) clauses = readClauses(scan);
  });
  const { end } = scan;
  if (clauses.length > 0) {
    const [{ value: element, name, star } = notPlain(), ...others] = args;
    if (others.length > 0 || name !== undefined || star !== undefined) notPlain();
    // The brackets of a call are those of a generator that is all it is handed.
    const span = { start: argsStart, end };
    args = [
      { value: { type: 'comprehension', form: 'generator', element, clauses, ...span }, ...span },
    ];
  }
  return { type: 'call', callee, args, argsStart, start, end };
}

/** The arguments of a call, or the bases of a class. */
export function readArguments(scan: Scan): Argument[] {
  return scan.list(CLOSE, () => readArgument(scan));
}

function readArgument(scan: Scan): Argument {
  const { at: start, code } = scan;
  if (code === STAR) {
    const star = scan.isAt('**') ? '**' : '*';
    return { star, value: readStarred(scan, star), start, end: scan.end };
  }
  const keyword = keywordAt(scan);
  if (keyword === '') return { value: readNamed(scan), start, end: scan.end };
  scan.skip(keyword.length);
  scan.expect('=');
  return { name: keyword, value: readExpression(scan), start, end: scan.end };
}

/** The name before a `=`; empty when none comes next. */
function keywordAt(scan: Scan): string {
  const { text } = scan;
  let { at } = scan;
  while (isOfWord(text.charCodeAt(at))) at++;
  let mark = at;
  while (text.charCodeAt(mark) === 32) mark++;
  if (text.charCodeAt(mark) !== EQUALS || text.charCodeAt(mark + 1) === EQUALS) return '';
  const word = scan.word();
  return isKeyword(word) ? notPlain() : word;
}

/** What stands in the brackets of a subscript. */
export function readIndices(scan: Scan): readonly Expression[] {
  const indices = scan.list(CLOSE_BRACKET, () => readIndex(scan));
  return indices.length > 0 ? indices : notPlain();
}

function readIndex(scan: Scan): Expression {
  const { at: start } = scan;
  const parts: Expression[] = [];
  const places: number[] = [];
  let colons = 0;
  for (;;) {
    const { code } = scan;
    if (code === COLON) {
      colons++;
      scan.skip(1);
    } else if (code === COMMA || code === CLOSE_BRACKET) break;
    else {
      // Two without a colon between them.
      if (parts.length > 0 && places.at(-1) === colons) notPlain();
      parts.push(readExpression(scan));
      places.push(colons);
    }
  }
  const [only] = parts;
  if (colons === 0) return only ?? notPlain();
  if (colons > 2) notPlain();
  const isInOrder = places.every((place, index) => place === index);
  const slice: Slice = { type: 'slice', parts, start, end: scan.end };
  return isInOrder ? slice : { ...slice, places };
}

/** Without its name: what `*` and `/` stand for between parameters. */
const KEYWORDS_FOLLOW = '*';
const POSITIONS_END = '/';

/** Parameters down to `close`; `annotation` reads what stands behind a colon, where one may. */
export function readParameters(
  scan: Scan,
  close: number,
  annotation?: (scan: Scan) => Expression,
): Parameter[] {
  const parameters: Parameter[] = [];
  let isKeyword = false;
  for (const parameter of scan.list(close, () => readParameter(scan, annotation))) {
    if (parameter.name === POSITIONS_END)
      for (const [index, one] of parameters.entries())
        parameters[index] = { ...one, kind: 'positional-only' };
    else if (parameter.name === KEYWORDS_FOLLOW) isKeyword = true;
    else {
      const isNamed = parameter.kind === 'normal' && isKeyword;
      parameters.push(isNamed ? { ...parameter, kind: 'keyword-only' } : parameter);
      if (parameter.kind === '*') isKeyword = true;
    }
  }
  return parameters;
}

/** One that is a mark has the mark for its name. */
function readParameter(scan: Scan, readAnnotation?: (scan: Scan) => Expression): Parameter {
  const { at: start } = scan;
  const mark = ['**', '*', '/'].find((one) => scan.isAt(one)) ?? '';
  if (mark !== '') scan.skip(mark.length);
  const isStar = mark === '*' || mark === '**';
  const isMark = mark === '/' || (mark === '*' && (scan.code === COMMA || scan.code === CLOSE));
  if (isMark) return { name: mark, kind: 'normal', start, end: scan.end };
  const name = scan.name();
  const annotation =
    readAnnotation !== undefined && scan.take(':') ? readAnnotation(scan) : undefined;
  const value = !isStar && scan.take('=') ? readExpression(scan) : undefined;
  return {
    name,
    kind: isStar ? mark : 'normal',
    start,
    end: scan.end,
    ...(annotation && { annotation }),
    ...(value && { default: value }),
  };
}
