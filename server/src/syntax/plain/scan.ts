/** The characters of a block, token by token, for what is read without the parser (see block.ts). */
import { BACKSLASH, HASH, NEWLINE, RETURN } from './characters.ts';

/** Thrown where something is not plainly written: the parser reads the block. One object, so that it costs no trace. */
class NotPlain extends Error {}
const NOT_PLAIN = new NotPlain('not plain');

/** Gives up: what is at hand is for the parser. */
export function notPlain(): never {
  throw NOT_PLAIN;
}

/** What `read` reads; `undefined` where it gives up. */
export function ifPlain<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

const TAB = 9;
const SPACE = 32;

/** With brackets of this depth, each around a chain of this many links, nodes nest less deeply than lower.ts allows. */
const MAX_BRACKETS = 12;
const MAX_LINKS = 38;
/** How deep statements may stand below each other. */
const MAX_SUITES = 16;

/** Words that are never names. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
/** Words that are statements to the grammar in some places, and names in others. */
const SOFT_KEYWORDS: ReadonlySet<string> = new Set(['case', 'exec', 'match', 'print', 'type']);

export function isKeyword(word: string): boolean {
  return KEYWORDS.has(word);
}

export function isSoftKeyword(word: string): boolean {
  return SOFT_KEYWORDS.has(word);
}

/** A place in a text that moves on as it is read. Offsets are those of the text. */
export class Scan {
  readonly text: string;
  /** Where the next token starts; at the end of a line, its comment or its line end. */
  at = 0;
  /** Where the last token ended. */
  end = 0;
  /** How far the line of the next token is indented; -1 behind the last line. */
  column: number;
  /** Where the first token of the statement is. */
  statementStart = 0;
  /** What lines are indented with: one character, all over the block. */
  private indentedWith: number;
  /** How many brackets were read that leave no node. */
  groupings = 0;
  /** Between the last token and the next one, when that is on another line. */
  private comments: { readonly column: number; readonly end: number }[] = [];
  /** How many brackets are open: inside of them, lines may end. */
  private brackets = 0;
  private links = 0;
  private suites = 0;

  /** `lead` is the white space before the text. */
  constructor(text: string, lead: string) {
    this.text = text;
    this.column = lead.length;
    // A line end of its own to Python, of which nobody writes one on purpose.
    if (text.includes('\r') && /\r(?!\n)/.test(text)) notPlain();
    this.indentedWith = lead === '' ? 0 : lead.charCodeAt(0);
    for (let i = 0; i < lead.length; i++) this.indent(lead.charCodeAt(i));
  }

  /** The character that the next token starts with; NaN behind the last. */
  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  isAt(mark: string): boolean {
    return this.text.startsWith(mark, this.at);
  }

  /** Moves behind a token of this length, and the white space that follows. */
  skip(length: number): void {
    this.end = this.at + length;
    this.at = this.end;
    this.skipSpace();
  }

  /** Moves behind the mark, if it is what comes next. */
  take(mark: string): boolean {
    if (!this.isAt(mark)) return false;
    this.skip(mark.length);
    return true;
  }

  expect(mark: string): void {
    if (!this.take(mark)) notPlain();
  }

  /** The word that comes next, which may be a keyword; empty when there is none. */
  word(): string {
    const { text, at } = this;
    let end = at;
    for (let code = text.charCodeAt(end); isOfWord(code); code = text.charCodeAt(end)) end++;
    if (end === at || isDigit(text.charCodeAt(at))) return '';
    if (text.charCodeAt(end) > 127) notPlain();
    return text.slice(at, end);
  }

  isWord(word: string): boolean {
    return this.isAt(word) && !isOfWord(this.text.charCodeAt(this.at + word.length));
  }

  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.skip(word.length);
    return true;
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) notPlain();
  }

  /** The name that comes next. */
  name(): string {
    const word = this.word();
    if (word === '' || KEYWORDS.has(word)) notPlain();
    this.skip(word.length);
    return word;
  }

  /** What stands in brackets, read by `read`; the next token is then the one behind the closing one. */
  inBrackets<T>(open: string, close: string, read: () => T): T {
    const links = this.openBracket(open);
    const found = read();
    this.brackets--;
    this.expect(close);
    this.links = links;
    return found;
  }

  /** The same in the braces of an f-string, where white space counts: the place is right behind the closing one. */
  inBraces(read: () => void): void {
    const links = this.openBracket('{');
    read();
    if (!this.isAt('}')) notPlain();
    this.at++;
    this.end = this.at;
    this.brackets--;
    this.links = links;
  }

  /** A chain of its own begins inside. Returns how long the one around it is. */
  private openBracket(open: string): number {
    if (this.brackets >= MAX_BRACKETS) notPlain();
    const { links } = this;
    this.links = 0;
    this.brackets++;
    this.expect(open);
    return links;
  }

  /** What stands between commas, each its own chain, up to a closing bracket; one more comma may stand before that. */
  list<T>(close: number, read: () => T): T[] {
    const found: T[] = [];
    while (this.code !== close) {
      found.push(this.unlinked(read));
      if (!this.take(',')) break;
    }
    return found;
  }

  /** Counts what nests without brackets. */
  link(): void {
    if (++this.links > MAX_LINKS) notPlain();
  }

  /** Each element of a list begins its own chain. */
  unlinked<T>(read: () => T): T {
    const { links } = this;
    const found = read();
    this.links = links;
    return found;
  }

  /** What stands indented below a line. */
  suite<T>(read: () => T): T {
    if (++this.suites > MAX_SUITES) notPlain();
    const found = read();
    this.suites--;
    return found;
  }

  /** Whether the line has no further token. */
  isLineEnd(): boolean {
    const { code } = this;
    return Number.isNaN(code) || code === NEWLINE || code === RETURN || code === HASH;
  }

  /** Moves to the first token of the next line that has one. */
  nextLine(): void {
    const { text } = this;
    if (!this.isLineEnd()) notPlain();
    this.links = 0;
    this.comments = [];
    let column = Number.POSITIVE_INFINITY;
    for (let { at } = this; ; ) {
      if (text.charCodeAt(at) === HASH) {
        at = commentEnd(text, at);
        this.comments.push({ column, end: at });
      }
      if (text.charCodeAt(at) === RETURN) at++;
      if (at >= text.length) {
        this.at = text.length;
        this.column = -1;
        return;
      }
      if (text.charCodeAt(at) !== NEWLINE) notPlain();
      const start = ++at;
      while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB) at++;
      column = at - start;
      const code = text.charCodeAt(at);
      if (code === NEWLINE || code === RETURN || code === HASH || at >= text.length) continue;
      for (let i = start; i < at; i++) this.indent(text.charCodeAt(i));
      this.at = at;
      this.statementStart = at;
      this.column = column;
      return;
    }
  }

  /** Where lines of this indentation end that the scan is behind: comments belong to the lines that they stand like. */
  endOfLines(column: number, end: number): number {
    let last = end;
    for (const comment of this.comments) {
      if (comment.column < column) break;
      last = comment.end;
    }
    return last;
  }

  /** How far the least indented line is that begins between an offset and the end of the last token. */
  leastIndentation(from: number): number {
    const [, ...lines] = this.text.slice(from, this.end).split('\n');
    return Math.min(...lines.filter((line) => /\S/.test(line)).map((line) => line.search(/\S/)));
  }

  private indent(code: number): void {
    if (code !== SPACE && code !== TAB) notPlain();
    if (this.indentedWith === 0) this.indentedWith = code;
    else if (this.indentedWith !== code) notPlain();
  }

  private skipSpace(): void {
    const { text } = this;
    let { at } = this;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === TAB) at++;
      else if (code === BACKSLASH) {
        if (text.charCodeAt(at + 1) !== NEWLINE) notPlain();
        at += 2;
      } else if (this.brackets === 0) break;
      else if (code === NEWLINE) at++;
      else if (code === RETURN && text.charCodeAt(at + 1) === NEWLINE) at += 2;
      else if (code === HASH) at = commentEnd(text, at);
      else break;
    }
    this.at = at;
  }
}

/** Where a comment ends: with the `\r` of a `\r\n`, as the parser has it. */
function commentEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isOfWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);
}
