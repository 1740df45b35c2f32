/** Strings and f-strings, alone or side by side, without the parser (see block.ts). */
import { contentOf, joinStrings } from '../build-strings.ts';
import type { Expression, FString, StringLiteral } from '../nodes.ts';
import { readString } from '../strings.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  COLON,
  DOUBLE_QUOTE,
  NEWLINE,
  OPEN_BRACE,
  SINGLE_QUOTE,
} from './characters.ts';
import { notPlain, type Scan } from './scan.ts';

/** `t` is not among them: what a template string is, the parser says. */
const PREFIX = /[bfru]{0,2}(?=["'])/iy;

/** Reads what stands in braces. */
type ReadExpression = (scan: Scan) => Expression;

/** How long the prefix of the string is that comes next; -1 when none does. */
function prefixLength(scan: Scan): number {
  PREFIX.lastIndex = scan.at;
  return PREFIX.exec(scan.text)?.[0].length ?? -1;
}

/** The string that comes next, with those that stand beside it. */
export function readStrings(scan: Scan, readExpression: ReadExpression): Expression {
  const { at: start } = scan;
  const strings: Expression[] = [];
  for (let prefix = prefixLength(scan); prefix >= 0; prefix = prefixLength(scan)) {
    strings.push(readOne(scan, prefix, readExpression));
    scan.skip(0);
  }
  const [first] = strings;
  if (first === undefined) return notPlain();
  return strings.length === 1 ? first : joinStrings(strings, start, scan.end);
}

/** The place is then right behind it. */
function readOne(scan: Scan, prefixed: number, read: ReadExpression): FString | StringLiteral {
  const { text, at: start } = scan;
  const prefix = text.slice(start, start + prefixed).toLowerCase();
  const quote = text.charAt(start + prefixed);
  const isLong = text.startsWith(quote.repeat(3), start + prefixed);
  const close = isLong ? quote.repeat(3) : quote;
  scan.at = start + prefixed + close.length;
  if (prefix.includes('f')) return readFormatted(scan, start, close, prefix.includes('r'), read);
  toEndOfString(scan, close);
  scan.end = scan.at;
  const { value, bytes, contentStart } = readString(text.slice(start, scan.at));
  return {
    type: 'string',
    value,
    bytes,
    start,
    end: scan.at,
    ...(contentStart !== undefined && { contentStart: start + contentStart }),
  };
}

/** From behind the opening quotes to behind the closing ones. */
function toEndOfString(scan: Scan, close: string): void {
  const { text } = scan;
  const quote = close.charCodeAt(0);
  for (let { at } = scan; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === NEWLINE && close.length === 1) break;
    else if (code === quote && (close.length === 1 || text.startsWith(close, at))) {
      scan.at = at + close.length;
      return;
    }
  }
  notPlain();
}

function readFormatted(
  scan: Scan,
  start: number,
  close: string,
  isRaw: boolean,
  read: ReadExpression,
): FString | StringLiteral {
  const { text } = scan;
  const quote = close.charCodeAt(0);
  const parts: (string | Expression)[] = [];
  const specs: Record<number, string> = {};
  let isInterpolated = false;
  let from = scan.at;
  const endText = (at: number) => {
    if (at > from) parts.push(contentOf(text.slice(from, at), isRaw));
  };
  for (let at = from; ; ) {
    const code = text.charCodeAt(at);
    if (code === quote && text.startsWith(close, at)) {
      endText(at);
      scan.at = at + close.length;
      break;
    }
    if (code === OPEN_BRACE && text.charCodeAt(at + 1) !== OPEN_BRACE) {
      endText(at);
      scan.at = at;
      isInterpolated = true;
      const { values, spec } = readInterpolated(scan, close, read);
      if (spec !== '') specs[parts.length] = spec;
      parts.push(...values);
      at = scan.at;
      from = at;
    } else if (isRaw && code === BACKSLASH) notPlain();
    else at += widthInside(text, at, close);
  }
  const { at: end } = scan;
  scan.end = end;
  if (!isInterpolated) return { type: 'string', value: parts.join(''), bytes: false, start, end };
  const hasSpecs = Object.keys(specs).length > 0;
  return { type: 'fstring', parts, ...(hasSpecs && { specs }), start, end };
}

/** How many characters to go on between the braces of an f-string. */
function widthInside(text: string, at: number, close: string): number {
  switch (text.charCodeAt(at)) {
    case OPEN_BRACE:
      return 2;
    case CLOSE_BRACE:
      return text.charCodeAt(at + 1) === CLOSE_BRACE ? 2 : notPlain();
    case BACKSLASH:
      return /[N{}\r]/.test(text.charAt(at + 1)) ? notPlain() : 2;
    case NEWLINE:
      return close.length === 3 ? 1 : notPlain();
    default:
      return at < text.length ? 1 : notPlain();
  }
}

/** What stands in braces, from the opening one; the place is then right behind the closing one. */
function readInterpolated(
  scan: Scan,
  close: string,
  read: ReadExpression,
): { values: readonly Expression[]; spec: string } {
  const { text, at: open } = scan;
  const values: Expression[] = [];
  let format = '';
  scan.inBraces(() => {
    const value = read(scan);
    values.push(value);
    scan.take('=');
    if (scan.isAt('!')) {
      if (!/[rsa]/.test(text.charAt(scan.at + 1))) notPlain();
      scan.skip(2);
    }
    if (scan.code === COLON) format = readFormat(scan, close, read, values);
  });
  const written = text.slice(open, scan.at);
  // Since Python 3.12 the string's own quotes may stand there; and only then more lines than one.
  if (written.includes(close) || (close.length === 1 && written.includes('\n'))) notPlain();
  const [conversion = ''] = /^\s*![rsa]/.exec(text.slice(values[0]?.end, scan.at)) ?? [];
  const spec = conversion === '' ? format.slice(1) : conversion.trim() + format;
  return { values, spec };
}

/** The format from its colon to the closing brace; what it interpolates itself is added to `values`. */
function readFormat(scan: Scan, close: string, read: ReadExpression, values: Expression[]): string {
  const { text, at: colon } = scan;
  let at = colon + 1;
  for (let code = text.charCodeAt(at); code !== CLOSE_BRACE; code = text.charCodeAt(at)) {
    if (Number.isNaN(code) || code === NEWLINE || code === BACKSLASH) notPlain();
    if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) notPlain();
    if (code !== OPEN_BRACE) at++;
    else {
      scan.at = at;
      values.push(...readInterpolated(scan, close, read).values);
      at = scan.at;
    }
  }
  scan.at = at;
  const format = text.slice(colon, at);
  return format.trim() === format && format !== ':' ? format : notPlain();
}
