/** The comments that tell the analysis to be silent, read from a text; what they mean for findings is elsewhere. */
import { defineQuery } from '../query/database.ts';
import { type Comment, type LogicalLine, logicalLineAt, readComments } from '../syntax/comments.ts';
import { fileText } from '../syntax/source.ts';
import type { Position } from './diagnostic.ts';
import { type Lines, linesOf } from './lines.ts';

/** A rule, a category or a code, and where it stands. */
export interface Name {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Directive {
  /** `mentor`: ours, with names of rules or categories. `noqa`: ruff's and flake8's, with codes, and those of scanners. */
  readonly tool: 'mentor' | 'noqa';
  readonly scope: 'line' | 'file';
  /** As it was written: `ignore`, `ignore-file`, or a word that is nearly one. */
  readonly word: Name;
  /** Empty: of ours it suppresses nothing, a bare `noqa` means every rule that has a code. */
  readonly names: readonly Name[];
  /** From its `#` to where the next part of the comment starts, or the comment's end. */
  readonly start: number;
  readonly end: number;
  /** Nothing but white space stands before its comment. */
  readonly isAlone: boolean;
  /** The 0-based line that the comment is on. */
  readonly line: number;
  /** The line that it speaks of: its own, or that of the code right below a comment that stands alone. */
  readonly target: number | undefined;
}

export interface Directives {
  readonly directives: readonly Directive[];
  readonly lines: readonly LogicalLine[];
}

const NONE: Directives = { directives: [], lines: [] };
const HINT = /mentor[ \t]*:|noqa|nosec|list[ \t]+secret|gitleaks/i;
const SCANNER = /nosec|secret|gitleaks/i;
const MENTOR = /#[ \t]*mentor[ \t]*:[ \t]*([A-Za-z][\w-]*)(?:[ \t]*\[([^\]#]*)\])?/gi;
const NOQA =
  /#[ \t]*(ruff|flake8)?[ \t]*:?[ \t]*noqa\b(?:[ \t]*:[ \t]*([A-Z]+\d*(?:[ \t]*[ \t,][ \t]*[A-Z]+\d+)*))?/gi;

/** What bandit is told, whose `B105` is ruff's `S105`, and what those are that look for secrets only. */
const REVIEWED =
  /#[ \t]*(?:(nosec)\b(?:[ \t]*:?[ \t]*(B\d+(?:[ \t]*[ \t,][ \t]*B\d+)*))?|pragma[ \t]*:[ \t]*(?:allow|white)list[ \t]+secret\b|gitleaks[ \t]*:[ \t]*allow\b)/gi;
const SECRETS = 'S105 S106 S107';

/** By path. A file that has none costs one search. */
export const fileDirectives = defineQuery<Directives>('directives', (db, path) =>
  readDirectives(db.get(fileText, path)),
);

export function readDirectives(text: string): Directives {
  if (!HINT.test(text)) return NONE;
  const { comments, lines } = readComments(text);
  const places = linesOf(text);
  const directives = comments.flatMap((comment) => directivesIn(text, comment, places));
  return directives.length === 0 ? NONE : { directives, lines };
}

function directivesIn(text: string, comment: Comment, places: Lines): Directive[] {
  const source = text.slice(comment.start, comment.end);
  if (!HINT.test(source)) return [];
  const { line, character } = places.positionAt(comment.start);
  const isAlone = text.slice(comment.start - character, comment.start).trim() === '';
  const target = isAlone ? codeBelow(text, line, places) : line;
  const common = { isAlone, line, target };
  const part = (at: number, length: number) => {
    const next = source.indexOf('#', at + length);
    return { start: comment.start + at, end: comment.start + (next === -1 ? source.length : next) };
  };
  const ours = [...source.matchAll(MENTOR)].map((match): Directive => {
    const [whole, word = '', list] = match;
    const wordStart = comment.start + match.index + whole.indexOf(word, whole.indexOf(':'));
    const listStart = comment.start + match.index + whole.indexOf('[') + 1;
    return {
      tool: 'mentor',
      scope: word.toLowerCase().endsWith('-file') ? 'file' : 'line',
      word: { text: word.toLowerCase(), start: wordStart, end: wordStart + word.length },
      names: list === undefined ? [] : namesIn(list, listStart),
      ...part(match.index, whole.length),
      ...common,
    };
  });
  const theirs = [...source.matchAll(NOQA)].map((match): Directive => {
    const [whole, tool, list] = match;
    const at = comment.start + match.index;
    const listStart = at + whole.length - (list?.length ?? 0);
    return {
      tool: 'noqa',
      scope: tool === undefined ? 'line' : 'file',
      word: { text: 'noqa', start: at, end: at + whole.length },
      names: list === undefined ? [] : namesIn(list.toUpperCase(), listStart),
      ...part(match.index, whole.length),
      isAlone,
      line,
      // It speaks of its own line only.
      target: line,
    };
  });
  const reviewed = (SCANNER.test(source) ? [...source.matchAll(REVIEWED)] : []).map(
    (match): Directive => {
      const [whole, bandit, list] = match;
      const at = comment.start + match.index;
      const codes =
        bandit === undefined ? SECRETS : (list?.toUpperCase().replaceAll('B', 'S') ?? 'S');
      return {
        tool: 'noqa',
        scope: 'line',
        word: { text: 'noqa', start: at, end: at + whole.length },
        names: namesIn(codes, at),
        ...part(match.index, whole.length),
        isAlone,
        line,
        target: line,
      };
    },
  );
  return [...ours, ...theirs, ...reviewed];
}

function namesIn(list: string, start: number): Name[] {
  return [...list.matchAll(/[^\s,]+/g)].map(({ 0: text, index }) => ({
    text,
    start: start + index,
    end: start + index + text.length,
  }));
}

/** The line of the code right below a comment, over other comments; nothing where a blank line comes first. */
function codeBelow(text: string, from: number, places: Lines): number | undefined {
  for (let line = from + 1; ; line++) {
    const start = places.startOf(line);
    if (start >= text.length) return undefined;
    const content = text.slice(start, places.startOf(line + 1)).trim();
    if (content === '') return undefined;
    if (!content.startsWith('#')) return line;
  }
}

/** Gives the comments that speak of what starts at a place. */
export type DirectivesAt = (place: Position) => readonly Directive[];

export function createDirectivesAt(
  { directives, lines: statements }: Directives,
  places: Lines,
): DirectivesAt {
  const ofFile = directives.filter(({ scope }) => scope === 'file');
  const ofLine = new Map<number, Directive[]>();
  for (const directive of directives) {
    const { scope, target } = directive;
    if (scope === 'file' || target === undefined) continue;
    ofLine.set(target, [...(ofLine.get(target) ?? []), directive]);
  }
  if (ofLine.size === 0) return () => ofFile;
  const lineOf = (offset: number) => places.positionAt(offset).line;
  return ({ line, character }) => {
    const found = new Set([...ofFile, ...(ofLine.get(line) ?? [])]);
    const statement = logicalLineAt(statements, places.startOf(line) + character);
    if (statement === undefined) return [...found];
    const { start, end, headStart, headEnd } = statement;
    for (const at of [start, headStart])
      for (const each of ofLine.get(lineOf(at)) ?? []) found.add(each);
    // Above the last line of a statement there is nothing but the statement itself.
    for (const at of [end, headEnd])
      for (const each of ofLine.get(lineOf(at)) ?? []) if (!each.isAlone) found.add(each);
    return [...found];
  };
}
