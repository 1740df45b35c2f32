import texts from '../knowledge/messages.ko.json' with { type: 'json' };
import { RULES } from '../rules/index.ts';
import type { Diagnostic } from './diagnostic.ts';
import { fill } from './messages.ts';
import type { MessageData, Rule } from './rule.ts';
import { isOwn, localiseNote } from './suppressionNotes.ts';

export type Language = 'en' | 'ko';

interface RuleTexts {
  readonly messages: Readonly<Record<string, string>>;
  readonly fixes: Readonly<Record<string, string>>;
}

const KOREAN: Readonly<Record<string, RuleTexts>> = texts;

/**
 * The same finding in a language. What has no text there stays English; code, level, places and fingerprint are the
 * same in every language.
 */
export function localise(diagnostic: Diagnostic, language: Language): Diagnostic {
  if (isOwn(diagnostic.rule)) return localiseNote(diagnostic, language);
  const own = language === 'ko' ? KOREAN[diagnostic.rule] : undefined;
  if (own === undefined) return diagnostic;
  const { data, fix, messageId } = diagnostic;
  const message = own.messages[messageId];
  const title = fix && titleIn(own, diagnostic.rule, fix.title, data);
  return {
    ...diagnostic,
    ...(message !== undefined && { message: fill(message, data) }),
    ...(fix && title !== undefined && title !== null && { fix: { ...fix, title } }),
  };
}

/** A fix is known by what its title says in English. */
function titleIn(
  own: RuleTexts,
  name: string,
  english: string,
  data: MessageData,
): string | undefined {
  const rule: Rule | undefined = RULES.find((one) => one.name === name);
  for (const [id, { title }] of Object.entries(rule?.fixes ?? {})) {
    const text = own.fixes[id];
    if (text !== undefined && fill(title, data) === english) return fill(text, data);
  }
  return undefined;
}
