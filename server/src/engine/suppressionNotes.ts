/** Hints about suppression comments that do nothing, each with the edit that mends it. */
import { OWN_TEXTS, type OwnMessage, type OwnText, type TextLanguage } from '../knowledge/texts.ts';
import type { Diagnostic, Fix, Range, TextEdit } from './diagnostic.ts';
import type { Directive, Name } from './directives.ts';
import type { Fingerprints } from './fingerprint.ts';
import type { Lines } from './lines.ts';
import { fill } from './messages.ts';
import type { MessageData } from './rule.ts';

/** The codes of what the tool says about its own comments. They are no rules and have no page. */
const OWN_CODES = ['mentor/suppression', 'mentor/unused-suppression'] as const;

/** Whether a diagnostic is about a comment of ours instead of about the program. */
export const isOwn = (rule: string): boolean => rule.startsWith('mentor/');

/** The same hint in a language. */
export function localiseNote(note: Diagnostic, language: TextLanguage): Diagnostic {
  const texts: Readonly<Record<string, OwnText>> = OWN_TEXTS[language];
  const own = texts[note.messageId];
  if (own === undefined) return note;
  const fix =
    note.fix && own.fix !== undefined ? { ...note.fix, title: fill(own.fix, note.data) } : note.fix;
  return { ...note, message: fill(own.message, note.data), fix };
}

/** Something to be said about a comment. */
export interface Remark {
  readonly id: OwnMessage;
  readonly directive: Directive;
  readonly at: Name;
  /** What was probably meant. */
  readonly nearest?: string;
}

/** `here` are the findings that the comment speaks of. */
export function noteOn(
  path: string,
  text: string,
  lines: Lines,
  remark: Remark,
  here: readonly Diagnostic[],
  fingerprints: Fingerprints,
): Diagnostic {
  const { id, directive, at, nearest } = remark;
  const data: MessageData = {
    name: at.text,
    word: directive.word.text,
    ...(nearest !== undefined && { nearest }),
  };
  const isUnused = id === 'unused';
  const rule = OWN_CODES[isUnused ? 1 : 0];
  const own = OWN_TEXTS.en[id];
  const edit = editFor(path, text, lines, remark, here);
  const fix: Fix | null =
    edit === undefined || own.fix === undefined
      ? null
      : { title: fill(own.fix, data), applicability: 'quick', edits: [edit] };
  const whole = isUnused && directive.names.length === 1;
  return {
    rule,
    level: 'hint',
    path,
    range: whole ? rangeOf(lines, directive, text) : lines.rangeOf(at.start, at.end),
    message: fill(own.message, data),
    messageId: id,
    data,
    related: [],
    fix,
    ...(isUnused && { tags: ['unnecessary' as const] }),
    fingerprint: fingerprints(rule, '', { messageId: id, data }),
  };
}

function editFor(
  path: string,
  text: string,
  lines: Lines,
  { id, directive, at, nearest }: Remark,
  here: readonly Diagnostic[],
): TextEdit | undefined {
  const edit = (start: number, end: number, newText: string): TextEdit => ({
    path,
    range: lines.rangeOf(start, end),
    newText,
  });
  if (id === 'unused') {
    const { start, end } =
      directive.names.length > 1 ? gapOf(directive, at) : wholeOf(text, lines, directive);
    return edit(start, end, '');
  }
  if (id === 'unnamed') {
    const rules = [...new Set(here.map(({ rule }) => rule))];
    if (rules.length === 0) return undefined;
    const brackets = /^[ \t]*\[[^\]]*\]/.exec(text.slice(at.end, directive.end))?.[0] ?? '';
    return edit(at.end, at.end + brackets.length, `[${rules.join(', ')}]`);
  }
  return nearest === undefined ? undefined : edit(at.start, at.end, nearest);
}

/** A name of several, with the comma on one side of it. */
function gapOf({ names }: Directive, name: Name): { start: number; end: number } {
  const index = names.indexOf(name);
  const next = names[index + 1];
  if (next !== undefined) return { start: name.start, end: next.start };
  return { start: names[index - 1]?.end ?? name.start, end: name.end };
}

/** A comment that goes: its line when it is alone on it, else the space before it too; another tool's part stays. */
function wholeOf(text: string, lines: Lines, directive: Directive): { start: number; end: number } {
  const { line, isAlone } = directive;
  const lineStart = lines.startOf(line);
  const lineEnd = lines.startOf(line + 1);
  let { start } = directive;
  const isLast = text.slice(directive.end, lineEnd).trim() === '';
  if (!isLast) return { start, end: directive.end };
  while (start > lineStart && /[ \t]/.test(text.charAt(start - 1))) start--;
  if (isAlone && start === lineStart) return { start, end: lineEnd };
  const content = text.slice(start, lineEnd).replace(/[\r\n]+$/, '');
  return { start, end: start + content.length };
}

function rangeOf(lines: Lines, { start, end }: Directive, text: string): Range {
  return lines.rangeOf(start, start + text.slice(start, end).trimEnd().length);
}
