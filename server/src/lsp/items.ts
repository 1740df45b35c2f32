import {
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as Item,
} from 'vscode-languageserver';
import type { Diagnostic, Fix, Tag } from '../engine/diagnostic.ts';
import type { Level } from '../engine/rule.ts';
import { isOwn } from '../engine/suppressionNotes.ts';

export const source = 'fastapi-mentor';

/** The page of a rule in the repository; our own client shows the bundled one instead. */
const pageUrl = (rule: string) =>
  `https://github.com/fastapi-mentor/fastapi-mentor/blob/main/server/src/rules/${rule}.md`;

const severities: Readonly<Record<Level, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
  off: DiagnosticSeverity.Hint,
};

const tagOf: Readonly<Record<Tag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

/** What travels with an item, so that its code actions need nothing but the request. */
export interface ItemData {
  readonly fix: Fix;
}

/** A finding as the protocol says it. Paths of the workspace are URIs already. */
export function toItem(diagnostic: Diagnostic, withRelated: boolean): Item {
  const { rule, level, range, message, related, fix, tags } = diagnostic;
  const data: ItemData | undefined = fix === null ? undefined : { fix };
  return {
    range,
    severity: severities[level],
    code: rule,
    // What is said about our own comments has no page.
    ...(isOwn(rule) ? {} : { codeDescription: { href: pageUrl(rule) } }),
    source,
    message,
    ...(tags === undefined ? {} : { tags: tags.map((tag) => tagOf[tag]) }),
    ...(withRelated && related.length > 0 ? { relatedInformation: related.map(toRelated) } : {}),
    ...(data === undefined ? {} : { data }),
  };
}

const toRelated = (each: Diagnostic['related'][number]): DiagnosticRelatedInformation => ({
  location: { uri: each.path, range: each.range },
  message: each.message,
});

/** Names items by what they say, so that equal answers can be told without being kept: 53 bits of a hash. */
export function resultIdOf(items: readonly Item[]): string {
  const text = JSON.stringify(items);
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
