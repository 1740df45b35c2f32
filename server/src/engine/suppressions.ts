/** What suppression comments do to the findings of a file, and what is to be said about the comments themselves. */
import { RUFF_CODES } from '../knowledge/ruff.ts';
import type { Reader } from '../query/database.ts';
import { RULES } from '../rules/index.ts';
import { fileText } from '../syntax/source.ts';
import { activeRules } from './active.ts';
import { optInRules } from './configuration.ts';
import type { Diagnostic } from './diagnostic.ts';
import {
  createDirectivesAt,
  type Directive,
  type DirectivesAt,
  fileDirectives,
  type Name,
} from './directives.ts';
import { createFingerprints } from './fingerprint.ts';
import { fileDiagnostics, fileLines } from './present.ts';
import { noteOn, type Remark } from './suppressionNotes.ts';

const WORDS: readonly string[] = ['ignore', 'ignore-file'];

/**
 * The findings that no comment silences, and a hint for each comment that does nothing. `found` is what configuration
 * has left; whether a comment does something is asked of what the rules say, so that it outlives a rule's being
 * switched off.
 */
export function suppressed(
  db: Reader,
  path: string,
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  const directives = db.get(fileDirectives, path);
  if (directives.directives.length === 0) return found;
  const lines = db.get(fileLines, path);
  const raw = db.get(fileDiagnostics, path);
  const at = createDirectivesAt(directives, lines);
  const used = new Set<Name>();
  for (const each of raw) isSilenced(each, at, used);
  const kept = found.filter((each) => !isSilenced(each, at, used));
  const rules = rulesOf(db, path);
  const remarks = directives.directives.flatMap((directive) =>
    directive.tool === 'mentor' ? remarksOn(directive, rules, used) : [],
  );
  if (remarks.length === 0) return kept;
  const fingerprints = createFingerprints();
  const notes = remarks.map((remark) => {
    const isUnnamed = remark.id === 'unnamed';
    const here = isUnnamed
      ? raw.filter((each) => at(each.range.start).includes(remark.directive))
      : [];
    return noteOn(path, db.get(fileText, path), lines, remark, here, fingerprints);
  });
  return [...kept, ...notes].sort(inText);
}

/** Whether a finding is silenced; adds every name that does so to `used`. */
function isSilenced({ rule, range }: Diagnostic, at: DirectivesAt, used: Set<Name>): boolean {
  let silenced = false;
  for (const directive of at(range.start)) {
    if (directive.tool === 'noqa') silenced ||= hasCode(directive, rule);
    else if (WORDS.includes(directive.word.text)) {
      for (const name of directive.names) {
        if (!isNameOf(name.text, rule)) continue;
        used.add(name);
        silenced = true;
      }
    }
  }
  return silenced;
}

/** A rule by its name, or by that of its category. */
function isNameOf(name: string, rule: string): boolean {
  return rule === name || rule.startsWith(`${name}/`);
}

/** A bare `noqa` speaks of every rule that has a code; a code also means those that it begins. */
function hasCode({ names }: Directive, rule: string): boolean {
  const codes = RUFF_CODES[rule] ?? [];
  if (names.length === 0) return codes.length > 0;
  return codes.some((code) => names.some(({ text }) => code.startsWith(text)));
}

interface KnownRules {
  readonly names: ReadonlySet<string>;
  /** Those that may speak: only of them can be said that they found nothing. */
  readonly active: readonly string[];
}

function rulesOf(db: Reader, path: string): KnownRules {
  const optIn = db.get(optInRules, path);
  const active = db.get(activeRules, '');
  return {
    names: new Set([...RULES, ...active].map(({ name }) => name)),
    active: active
      .filter(({ level, name }) => level !== 'off' || optIn.includes(name))
      .map(({ name }) => name),
  };
}

function remarksOn(directive: Directive, rules: KnownRules, used: ReadonlySet<Name>): Remark[] {
  const { word, names } = directive;
  if (!WORDS.includes(word.text)) {
    // Prose about mentors is none of our business: only what has a list of names was meant for us.
    const nearest = names.length > 0 ? nearestOf(word.text, WORDS, 2) : undefined;
    return nearest === undefined ? [] : [{ id: 'misspelled', directive, at: word, nearest }];
  }
  if (names.length === 0) return [{ id: 'unnamed', directive, at: word }];
  return names.flatMap((name): Remark[] => {
    if (used.has(name)) return [];
    const { text } = name;
    const meant = [...rules.names].filter((rule) => isNameOf(text, rule));
    if (meant.length === 0) {
      const nearest = nearestOf(text, candidates(rules.names));
      return [
        nearest === undefined
          ? { id: 'unknown', directive, at: name }
          : { id: 'nearly', directive, at: name, nearest },
      ];
    }
    const maySpeak = meant.some((rule) => rules.active.includes(rule));
    return maySpeak ? [{ id: 'unused', directive, at: name }] : [];
  });
}

function candidates(rules: ReadonlySet<string>): string[] {
  return [...new Set([...rules].flatMap((rule) => [rule, rule.slice(0, rule.indexOf('/'))]))];
}

/** The word that was probably meant; a rule's name without its category is one. */
function nearestOf(
  word: string,
  words: readonly string[],
  reach = Math.max(1, Math.floor(word.length / 5)),
): string | undefined {
  const lower = word.toLowerCase().replaceAll('_', '-');
  const short = words.find((each) => each.endsWith(`/${lower}`));
  if (short !== undefined) return short;
  let best: string | undefined;
  let least = reach + 1;
  for (const each of words) {
    const own =
      each.includes('/') && !lower.includes('/') ? each.slice(each.indexOf('/') + 1) : each;
    const steps = distance(lower, own, least);
    if (steps >= least) continue;
    least = steps;
    best = each;
  }
  return best;
}

/** How many letters must change to make one word of another; `limit` when it is that many or more. */
function distance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + change));
    }
    row = next;
  }
  return Math.min(limit, row[to.length] ?? limit);
}

function inText(a: Diagnostic, b: Diagnostic): number {
  const [left, right] = [a.range.start, b.range.start];
  return left.line - right.line || left.character - right.character;
}
