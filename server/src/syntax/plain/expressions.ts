/**
 * Expressions without the parser, by the precedences of Python (see block.ts). Brackets around one expression leave no
 * node, but what stands around them still begins and ends with them: places are those of tokens.
 */
import type { Attribute, Expression } from '../nodes.ts';
import { readCall, readIndices, readParameters } from './arguments.ts';
import { readBraces, readList, readParenthesized } from './brackets.ts';
import {
  CLOSE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOT,
  DOUBLE_QUOTE,
  EQUALS,
  MINUS,
  OPEN,
  OPEN_BRACE,
  OPEN_BRACKET,
  PLUS,
  SINGLE_QUOTE,
  TILDE,
} from './characters.ts';
import { isDigit, isKeyword, isSoftKeyword, notPlain, type Scan } from './scan.ts';
import { readStrings } from './strings.ts';

/** How tightly operators bind, as the grammar has it. */
const OR = 1;
const NOT = 3;
const COMPARE = 4;
const UNARY = 11;
const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ['or', OR],
  ['and', 2],
  ...['<', '<=', '==', '!=', '>=', '>', 'in', 'not in', 'is', 'is not'].map(
    (operator) => [operator, COMPARE] as const,
  ),
  ['|', 5],
  ['&', 6],
  ['^', 7],
  ['<<', 8],
  ['>>', 8],
  ['+', 9],
  ['-', 9],
  ['*', 10],
  ['@', 10],
  ['/', 10],
  ['//', 10],
  ['%', 10],
  ['**', 12],
]);

const OPERATOR = /<[<=]?|>[>=]?|[=!]=|\*\*?|\/\/?|[|&^+\-@%]|(?:or|and|in|is|not)(?![A-Za-z_0-9])/y;
const NUMBER =
  /(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?[jJ]?)(?![\w.]|[^\0-\x7f])/y;

/** One expression, as it stands between commas. */
export function readExpression(scan: Scan): Expression {
  const { at: start } = scan;
  if (scan.isWord('lambda')) return readLambda(scan);
  const body = readOperation(scan);
  if (!scan.takeWord('if')) return body;
  scan.link();
  const condition = readOperation(scan);
  scan.expectWord('else');
  const orelse = readExpression(scan);
  return { type: 'conditional', body, condition, orelse, start, end: scan.end };
}

/** An expression that `:=` may give a name to. */
export function readNamed(scan: Scan): Expression {
  const { at: start } = scan;
  const target = readExpression(scan);
  if (target.type !== 'name' || target.start !== start || !scan.take(':=')) return target;
  const value = readExpression(scan);
  // To the grammar the name is given to the first part alone.
  if (value.type === 'conditional') notPlain();
  return { type: 'walrus', target, value, start, end: scan.end };
}

/** Expressions with commas between them, which are a tuple, down to the end of the line or a mark behind them. */
export function readExpressions(scan: Scan): Expression {
  const { at: start } = scan;
  const first = readElement(scan, readExpression);
  if (scan.code !== COMMA) return first.type === 'starred' ? notPlain() : first;
  const elements = [first];
  while (scan.take(',')) {
    if (scan.isLineEnd() || scan.isAt('=')) break;
    elements.push(readElement(scan, readExpression));
  }
  return { type: 'tuple', elements, start, end: scan.end };
}

/** `yield`, or expressions: what stands behind `=`. */
export function readValue(scan: Scan): Expression {
  return scan.isWord('yield') ? readYield(scan) : readExpressions(scan);
}

export function readYield(scan: Scan): Expression {
  const { at: start } = scan;
  scan.expectWord('yield');
  const isFrom = scan.takeWord('from');
  const isAlone = scan.isLineEnd() || scan.code === CLOSE;
  if (isAlone && isFrom) notPlain();
  const value = isAlone ? undefined : isFrom ? readExpression(scan) : readExpressions(scan);
  return { type: 'yield', isFrom, start, end: scan.end, ...(value && { value }) };
}

/** The element of a sequence, which may be starred. */
export function readElement(scan: Scan, read: (scan: Scan) => Expression): Expression {
  return scan.unlinked(() => {
    if (!scan.isAt('*')) return read(scan);
    const { at: start } = scan;
    return { type: 'starred', star: '*', value: readStarred(scan, '*'), start, end: scan.end };
  });
}

/** Behind a star the grammar groups operators in its own way. */
export function readStarred(scan: Scan, star: '*' | '**'): Expression {
  scan.expect(star);
  const value = readPostfix(scan);
  if (!isEndOfElement(scan)) notPlain();
  return value;
}

function isEndOfElement(scan: Scan): boolean {
  const { code } = scan;
  const closes = code === CLOSE || code === CLOSE_BRACKET || code === CLOSE_BRACE;
  return closes || code === COMMA || code === EQUALS || scan.isLineEnd() || scan.isWord('in');
}

/** The operator that comes next; empty when there is none, or when it is one that assigns. */
function operatorAt(scan: Scan): string {
  OPERATOR.lastIndex = scan.at;
  const [operator = ''] = OPERATOR.exec(scan.text) ?? [];
  const isWord = operator === 'in' || operator === 'is' || operator === 'not';
  if (isWord || operator === '' || operator.endsWith('=')) return operator;
  return scan.text.charCodeAt(scan.at + operator.length) === EQUALS ? '' : operator;
}

/** Operators that bind at least as tightly as `least`. */
export function readOperation(scan: Scan, least = OR): Expression {
  const { at: start } = scan;
  let left = readPrefixed(scan, least);
  for (;;) {
    const { code } = scan;
    // What nearly always comes next.
    if (code === COMMA || code === CLOSE || code === COLON || code === CLOSE_BRACKET) return left;
    const operator = operatorAt(scan);
    const precedence = PRECEDENCE.get(operator === 'not' ? 'not in' : operator);
    if (precedence === undefined || precedence < least) return left;
    scan.link();
    if (precedence === COMPARE) left = readComparison(scan, left, start);
    else {
      scan.skip(operator.length);
      const right = readOperation(scan, operator === '**' ? UNARY : precedence + 1);
      const span = { start, end: scan.end };
      left =
        operator === 'or' || operator === 'and'
          ? { type: 'boolean', operator, left, right, ...span }
          : { type: 'binary', operator, left, right, ...span };
    }
  }
}

function readComparison(scan: Scan, first: Expression, start: number): Expression {
  const operands = [first];
  const operators: string[] = [];
  for (;;) {
    let operator = operatorAt(scan);
    if (PRECEDENCE.get(operator === 'not' ? 'not in' : operator) !== COMPARE) break;
    scan.skip(operator.length);
    if (operator === 'not') {
      scan.expectWord('in');
      operator = 'not in';
    } else if (operator === 'is' && scan.takeWord('not')) operator = 'is not';
    operators.push(operator);
    operands.push(readOperation(scan, COMPARE + 1));
  }
  return { type: 'compare', operands, operators, start, end: scan.end };
}

function readPrefixed(scan: Scan, least: number): Expression {
  const { at: start, code } = scan;
  if (code === MINUS || code === PLUS || code === TILDE) {
    scan.link();
    scan.skip(1);
    const operand = readOperation(scan, UNARY);
    const operator = String.fromCharCode(code);
    return { type: 'unary', operator, operand, start, end: scan.end };
  }
  if (code === 110 && scan.isWord('not')) {
    if (least > NOT) notPlain();
    scan.link();
    scan.skip(3);
    const operand = readOperation(scan, NOT);
    return { type: 'unary', operator: 'not', operand, start, end: scan.end };
  }
  if (code === 97 && scan.isWord('await')) {
    scan.link();
    scan.skip(5);
    const value = readPostfix(scan);
    if (scan.isAt('**')) notPlain();
    return { type: 'await', value, start, end: scan.end };
  }
  return readPostfix(scan);
}

/** What something is followed by: attributes, calls, subscripts. `readFirst` and `readInside` are others in annotations. */
export function readPostfix(
  scan: Scan,
  readFirst: (scan: Scan) => Expression = readAtom,
  readInside: (scan: Scan) => readonly Expression[] = readIndices,
): Expression {
  const { at: start } = scan;
  let value = readFirst(scan);
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
        const indices = scan.inBrackets('[', ']', () => readInside(scan));
        value = { type: 'subscript', object: value, indices, start, end: scan.end };
        break;
      }
      default:
        return value;
    }
  }
}

/** `start` is where the object begins, with the brackets around it. */
function readAttribute(scan: Scan, object: Expression, start: number): Attribute {
  scan.link();
  scan.skip(1);
  const nameStart = scan.at;
  const name = scan.name();
  return { type: 'attribute', object, name, nameStart, start, end: scan.end };
}

/** What is no operation on anything else. */
export function readAtom(scan: Scan): Expression {
  const { at: start, code } = scan;
  switch (code) {
    case OPEN:
      return readParenthesized(scan);
    case OPEN_BRACKET:
      return readList(scan);
    case OPEN_BRACE:
      return readBraces(scan);
    case SINGLE_QUOTE:
    case DOUBLE_QUOTE:
      return readStrings(scan, readExpression);
    case DOT:
      if (!scan.take('...')) return readNumber(scan);
      return { type: 'ellipsis', start, end: scan.end };
  }
  if (isDigit(code)) return readNumber(scan);
  const word = scan.word();
  if (word === '') notPlain();
  const next = scan.text.charCodeAt(start + word.length);
  if (next === SINGLE_QUOTE || next === DOUBLE_QUOTE) return readStrings(scan, readExpression);
  if (isSoftKeyword(word) && !isPlainName(scan, word, next)) notPlain();
  scan.skip(word.length);
  const { end } = scan;
  switch (word) {
    case 'True':
      return { type: 'true', start, end };
    case 'False':
      return { type: 'false', start, end };
    case 'None':
      return { type: 'none', start, end };
    default:
      return isKeyword(word) ? notPlain() : { type: 'name', id: word, start, end };
  }
}

const ASSIGNED = / ?(?::[^=]|=[^=])/y;

/** Whether a word that the grammar also has as a statement's is a name here. */
function isPlainName(scan: Scan, word: string, next: number): boolean {
  if (scan.at === scan.statementStart) {
    if (word === 'print') return next === OPEN;
    ASSIGNED.lastIndex = scan.at + word.length;
    return (word === 'match' || word === 'type') && ASSIGNED.test(scan.text);
  }
  return word !== 'exec';
}

function readNumber(scan: Scan): Expression {
  const { at: start, text } = scan;
  NUMBER.lastIndex = start;
  const [number] = NUMBER.exec(text) ?? [];
  if (number === undefined) return notPlain();
  scan.skip(number.length);
  return { type: 'number', text: number, start, end: scan.end };
}

function readLambda(scan: Scan): Expression {
  const { at: start } = scan;
  scan.expectWord('lambda');
  scan.link();
  const parameters = readParameters(scan, COLON);
  scan.expect(':');
  const body = readExpression(scan);
  return { type: 'lambda', parameters, body, start, end: scan.end };
}
