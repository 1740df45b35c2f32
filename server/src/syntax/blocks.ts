/**
 * Cuts a Python file into blocks: each top-level statement is one, each member of a class is one below its class.
 * A block is the unit of everything incremental: it is parsed alone, lowered alone and analysed alone, and it is known
 * by a key that does not change when other blocks do. That also contains damage: an unclosed bracket or string ends, at
 * the latest, where the next definition starts.
 */
export interface Block {
  /** Unique in its file, made of names and counts, never of positions: `get_user~0`, `UserRepo~0/get~0`. */
  readonly key: string;
  readonly kind: 'function' | 'class' | 'statement';
  /** UTF-16 offsets in the file, of all of the block (of a class: to the end of its last member). */
  readonly start: number;
  readonly end: number;
  /** Where `text` ends: before the members of a class, else `end`. */
  readonly textEnd: number;
  /** The members of a class whose body is indented below its header. */
  readonly members: readonly Block[];
}

/** One logical line: what Python reads as one line, over brackets, strings and continuations. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly column: number;
}

/** Told of each comment: where its `#` stands and where its line ends. */
export type OnComment = (start: number, end: number) => void;

const TAB = 9;
const NEWLINE = 10;
const FORM_FEED = 12;
const RETURN = 13;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const BYTE_ORDER_MARK = 0xfeff;

/** What can't begin a line inside brackets in valid Python, so a line that does ends them. */
const STATEMENT_START =
  /(?:(?:async[ \t]+)?def[ \t]+[\w\u0080-\uffff]|class[ \t]+[\w\u0080-\uffff]+[ \t]*[:([]|return\b|raise\b|while\b|try[ \t]*:|with\b|del[ \t]|global[ \t]|nonlocal[ \t]|assert\b|pass\b|break\b|continue\b|import[ \t]+[\w\u0080-\uffff]|from[ \t]+[\w.\u0080-\uffff]+[ \t]+import\b|@[A-Za-z_\u0080-\uffff][\w.\u0080-\uffff]*[ \t]*(?:\(|$))/my;
/** Where a triple-quoted string that never closes is taken to end. */
const DEFINITION_START =
  /(?:(?:async[ \t]+)?def[ \t]+[\w\u0080-\uffff]|class[ \t]+[\w\u0080-\uffff]|@[A-Za-z_\u0080-\uffff])/y;

/** The blocks of a file, in the order of the text. Never throws, whatever the text is. */
export function splitBlocks(text: string): Block[] {
  const lines = logicalLines(text, false) ?? logicalLines(text, true) ?? [];
  return group(text, lines, 0, lines.length, lines[0]?.column ?? 0, '');
}

/** `undefined` when a triple-quoted string never closes and `recover` is not set. */
export function logicalLines(
  text: string,
  recover: boolean,
  onComment?: OnComment,
): Line[] | undefined {
  const lines: Line[] = [];
  const { length } = text;
  let i = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  while (i < length) {
    // At the start of a physical line that starts a logical one.
    let column = 0;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code === SPACE) column++;
      else if (code === TAB) column = (Math.floor(column / 8) + 1) * 8;
      else if (code === FORM_FEED) column = 0;
      else break;
    }
    const start = i;
    let end = i;
    let depth = 0;
    scan: for (; i < length; ) {
      const code = text.charCodeAt(i);
      switch (code) {
        case NEWLINE:
        case RETURN:
          i++;
          if (depth === 0) break scan;
          if (startsStatement(text, i)) break scan;
          continue;
        case BACKSLASH:
          // A continuation; `\r\n` counts as one end of line.
          i += text.charCodeAt(i + 1) === RETURN && text.charCodeAt(i + 2) === NEWLINE ? 3 : 2;
          end = Math.min(i, length);
          continue;
        case HASH: {
          const hash = i;
          while (i < length && !isLineEnd(text.charCodeAt(i))) i++;
          onComment?.(hash, i);
          // A trailing comment belongs to its line; a comment alone is nobody's.
          if (end > start) end = i;
          continue;
        }
        case SINGLE_QUOTE:
        case DOUBLE_QUOTE: {
          const after = skipString(text, i, code, recover);
          if (after < 0) return undefined;
          i = after;
          end = i;
          continue;
        }
        case 40:
        case 91:
        case OPEN_BRACE:
          depth++;
          break;
        case 41:
        case 93:
        case CLOSE_BRACE:
          if (depth > 0) depth--;
          break;
        default:
          if (code === SPACE || code === TAB) {
            i++;
            continue;
          }
      }
      i++;
      end = i;
    }
    if (end > start) lines.push({ start, end, column });
  }
  return lines;
}

function isLineEnd(code: number): boolean {
  return code === NEWLINE || code === RETURN;
}

function startsStatement(text: string, lineStart: number): boolean {
  let i = lineStart;
  while (text.charCodeAt(i) === SPACE || text.charCodeAt(i) === TAB) i++;
  STATEMENT_START.lastIndex = i;
  return STATEMENT_START.test(text);
}

/** The offset after the string that opens at `i`; -1 when it is triple-quoted and never closes. */
function skipString(text: string, i: number, quote: number, recover: boolean): number {
  const { length } = text;
  if (text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote) {
    for (let at = i + 3; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (
        code === quote &&
        text.charCodeAt(at + 1) === quote &&
        text.charCodeAt(at + 2) === quote
      )
        return at + 3;
      else if (recover && isLineEnd(code)) {
        DEFINITION_START.lastIndex = at + 1;
        if (DEFINITION_START.test(text)) return at;
      }
    }
    return recover ? length : -1;
  }
  if (isFormatted(text, i)) {
    const after = skipFormatted(text, i, quote, 0);
    if (after >= 0) return after;
  }
  for (let at = i + 1; at < length; at++) {
    const code = text.charCodeAt(at);
    // In a raw string, too, a backslash takes the line end with it.
    if (code === BACKSLASH) at += lengthOfLineEnd(text, at + 1);
    else if (code === quote) return at + 1;
    else if (isLineEnd(code)) return at;
  }
  return length;
}

/** Whether the string's prefix has an `f` or a `t` (`| 32` makes a letter small). */
function isFormatted(text: string, quoteAt: number): boolean {
  const before = text.charCodeAt(quoteAt - 1) | 32;
  const letter = before === 114 ? text.charCodeAt(quoteAt - 2) | 32 : before;
  return letter === 102 || letter === 116;
}

/** How deep f-strings and formats are read into each other; Python itself stops at 150. */
const MAX_FORMATTED = 20;

/**
 * The offset after a formatted string that opens at `i`. Since Python 3.12 its fields may hold quotes of its own kind,
 * comments and line ends. -1 when it can't be read like that; then the next quote of its kind is its end.
 */
function skipFormatted(text: string, i: number, quote: number, level: number): number {
  for (let at = i + 1; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1 + lengthOfLineEnd(text, at + 1);
    else if (code === quote) return at + 1;
    else if (isLineEnd(code)) return -1;
    else if (code !== OPEN_BRACE) at++;
    else if (text.charCodeAt(at + 1) === OPEN_BRACE) at += 2;
    else {
      at = skipField(text, at, quote, level);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** The offset after the field that opens at `i`, or -1. */
function skipField(text: string, i: number, quote: number, level: number): number {
  if (level > MAX_FORMATTED) return -1;
  let depth = 0;
  for (let at = i + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    switch (code) {
      case SINGLE_QUOTE:
      case DOUBLE_QUOTE: {
        const after = skipInner(text, at, code, level + 1);
        if (after < 0) return -1;
        at = after - 1;
        break;
      }
      case HASH:
        while (at + 1 < text.length && !isLineEnd(text.charCodeAt(at + 1))) at++;
        break;
      case NEWLINE:
      case RETURN:
        if (startsStatement(text, at + 1)) return -1;
        break;
      case 40:
      case 91:
      case OPEN_BRACE:
        depth++;
        break;
      case 41:
      case 93:
      case CLOSE_BRACE:
        if (depth === 0) return code === CLOSE_BRACE ? at + 1 : -1;
        depth--;
        break;
      case COLON:
        if (depth === 0) return skipFormat(text, at, quote, level + 1);
    }
  }
  return -1;
}

/** The offset after the `}` that ends the format that the colon at `i` starts, or -1. */
function skipFormat(text: string, i: number, quote: number, level: number): number {
  for (let at = i + 1; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === CLOSE_BRACE) return at + 1;
    if (code === quote || isLineEnd(code)) return -1;
    if (code === OPEN_BRACE) {
      at = skipField(text, at, quote, level);
      if (at < 0) return -1;
    } else at += code === BACKSLASH ? 2 : 1;
  }
  return -1;
}

/** The offset after a closed string inside a field, or -1. */
function skipInner(text: string, i: number, quote: number, level: number): number {
  const isTriple = text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote;
  if (!isTriple && isFormatted(text, i)) return skipFormatted(text, i, quote, level);
  const after = skipString(text, i, quote, false);
  return after > i + 1 && text.charCodeAt(after - 1) === quote ? after : -1;
}

/** How many units one character takes, `\r\n` being one. */
function lengthOfLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === RETURN && text.charCodeAt(at + 1) === NEWLINE ? 2 : 1;
}

const CLAUSE = /(?:else|finally)[ \t]*:|(?:elif|except)\b/y;
const LABEL =
  /(?:async[ \t]+)?(def|class)[ \t]+([\w\u0080-\uffff]+)|(?:from|import)[ \t]+[\w.\u0080-\uffff]+|[\w.\u0080-\uffff]+/y;

function group(
  text: string,
  lines: readonly Line[],
  from: number,
  to: number,
  level: number,
  prefix: string,
): Block[] {
  const blocks: Block[] = [];
  const seen = new Map<string, number>();
  for (let first = from; first < to; ) {
    // Decorators belong to the definition that follows them.
    let head = first;
    while (head + 1 < to && lineOf(lines, head).column <= level && isDecorator(text, lines, head)) {
      if (lineOf(lines, head + 1).column > level) break;
      head++;
    }
    let next = head + 1;
    while (next < to) {
      const line = lineOf(lines, next);
      if (line.column <= level && !matches(CLAUSE, text, line.start)) break;
      next++;
    }
    blocks.push(makeBlock(text, lines, first, head, next, level, prefix, seen));
    first = next;
  }
  return blocks;
}

/** How much of a definition's text its decorators and header are; 0 when its body does not start on a line below. */
export function headLength(text: string): number {
  const lines = logicalLines(text, false) ?? logicalLines(text, true) ?? [];
  const head = lines.findIndex(({ start }) => text.charCodeAt(start) !== 64);
  const line = lines[head];
  return line !== undefined && head + 1 < lines.length ? line.end : 0;
}

function makeBlock(
  text: string,
  lines: readonly Line[],
  first: number,
  head: number,
  next: number,
  level: number,
  prefix: string,
  seen: Map<string, number>,
): Block {
  const headLine = lineOf(lines, head);
  LABEL.lastIndex = headLine.start;
  const match = LABEL.exec(text);
  const label = match?.[2] ?? match?.[0].replace(/[ \t]+/g, ' ') ?? '';
  const count = seen.get(label) ?? 0;
  seen.set(label, count + 1);
  const key = `${prefix}${label}~${count}`;
  const kind = match?.[1] === 'def' ? 'function' : match?.[1] === 'class' ? 'class' : 'statement';
  const bodyLevel = next > head + 1 ? lineOf(lines, head + 1).column : level;
  const hasMembers = kind === 'class' && bodyLevel > level;
  const end = lineOf(lines, next - 1).end;
  return {
    key,
    kind,
    start: lineOf(lines, first).start,
    end,
    textEnd: hasMembers ? headLine.end : end,
    members: hasMembers ? group(text, lines, head + 1, next, bodyLevel, `${key}/`) : [],
  };
}

function lineOf(lines: readonly Line[], index: number): Line {
  const line = lines[index];
  if (line === undefined) throw new RangeError(`no logical line ${index}`);
  return line;
}

function isDecorator(text: string, lines: readonly Line[], index: number): boolean {
  return text.charCodeAt(lineOf(lines, index).start) === 64;
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
