/** Makes one entry of the quiet findings of a rule in a file, so that an improvement is told once, not fifty times. */
import { PHRASES, type TextLanguage } from '../knowledge/texts.ts';
import type { Diagnostic, Related } from './diagnostic.ts';
import { fill } from './messages.ts';
import { isOwn } from './suppressionNotes.ts';

export interface FoldOptions {
  readonly language: TextLanguage;
  /** Whether the first entry carries the places of the others. */
  readonly places: boolean;
}

/**
 * Of the findings of one file (in its language already): those at `info` and below are told once a rule, at the first
 * place. Hints about comments of ours stand where the comment is.
 */
export function fold(
  diagnostics: readonly Diagnostic[],
  { language, places }: FoldOptions,
): readonly Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (!isQuiet(diagnostic)) continue;
    const key = `${diagnostic.path}#${diagnostic.rule}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [diagnostic]);
    else group.push(diagnostic);
  }
  return diagnostics.flatMap((diagnostic) => {
    const group = isQuiet(diagnostic)
      ? groups.get(`${diagnostic.path}#${diagnostic.rule}`)
      : undefined;
    if (group === undefined || group.length === 1) return diagnostic;
    const [first, ...others] = group;
    if (first !== diagnostic) return [];
    const data = { message: diagnostic.message, count: String(others.length) };
    const message = fill(PHRASES[language].moreInFile, data);
    const related = places ? [...diagnostic.related, ...others.map(placeOf)] : diagnostic.related;
    return { ...diagnostic, message, related };
  });
}

function isQuiet({ level, rule }: Diagnostic): boolean {
  return (level === 'info' || level === 'hint') && !isOwn(rule);
}

const placeOf = ({ path, range, message }: Diagnostic): Related => ({ path, range, message });
