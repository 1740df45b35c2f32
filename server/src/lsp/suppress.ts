import { type CodeAction, CodeActionKind, type Diagnostic as Item } from 'vscode-languageserver';
import { fill } from '../engine/messages.ts';
import { type Insertion, suppressHere, suppressInFile } from '../engine/suppressing.ts';
import { isOwn } from '../engine/suppressionNotes.ts';
import { PHRASES } from '../knowledge/texts.ts';
import { toWorkspaceEdit } from './edits.ts';
import type { Session } from './session.ts';

/** Comments that silence the given findings, where they are and in the whole file. */
export function suppressActions(
  session: Session,
  key: string,
  items: readonly Item[],
): readonly CodeAction[] {
  const text = session.documents.get(key)?.text;
  if (text === undefined) return [];
  const phrases = PHRASES[session.language];
  const action = (title: string, rule: string, item: Item, { range, newText }: Insertion) => ({
    title: fill(title, { rule }),
    kind: CodeActionKind.QuickFix,
    diagnostics: [item],
    edit: toWorkspaceEdit([{ path: key, range, newText }], session),
  });
  const suppressible = items.flatMap((item) => {
    const rule = String(item.code);
    // The name becomes a part of the file.
    return /^[a-z0-9-]+\/[a-z0-9-]+$/.test(rule) && !isOwn(rule) ? { item, rule } : [];
  });
  const once = suppressible.filter(
    ({ rule }, index) => suppressible.findIndex((other) => other.rule === rule) === index,
  );
  return [
    ...suppressible.map(({ item, rule }) =>
      action(phrases.ignoreOnLine, rule, item, suppressHere(text, item.range.start, rule)),
    ),
    ...once.map(({ item, rule }) =>
      action(phrases.ignoreInFile, rule, item, suppressInFile(text, rule)),
    ),
  ];
}
