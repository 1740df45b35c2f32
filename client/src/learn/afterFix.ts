/** After a fix, once for each rule: a line about what it changes at run time, and where to read on. */
import * as vscode from 'vscode';
import { type Curriculum, lessonOfRule } from '../../../server/src/curriculum/curriculum.ts';
import { readRulePage } from '../rulePages.ts';
import { ruleOf } from './fromCode.ts';
import type { Memory } from './memory.ts';
import { say } from './words.ts';

export const fixedCommand = 'fastapiMentor.fixed';

/** Has a fix say so when it was applied; nothing else that is offered does. */
export function withWordAfter(
  actions: readonly (vscode.Command | vscode.CodeAction)[] | null | undefined,
): void {
  for (const action of actions ?? []) {
    if (!('edit' in action) || action.edit === undefined || action.isPreferred !== true) continue;
    const [rule] = action.diagnostics?.flatMap((each) => ruleOf(each) ?? []) ?? [];
    if (rule === undefined || action.command !== undefined) continue;
    action.command = { command: fixedCommand, title: '', arguments: [rule] };
  }
}

/** What the rule's page has shown to be so, in its own words; nothing of a rule that claims nothing about run time. */
export function provenWords(page: string): string | undefined {
  if (!/^```python proof$/m.test(page)) return undefined;
  return /^# .+\r?\n\r?\n(.+)\r?\n/m.exec(page)?.[1]?.replaceAll('`', '');
}

export async function sayWhatChanged(
  given: unknown,
  extension: vscode.Uri,
  curriculum: Curriculum,
  memory: Memory,
): Promise<void> {
  if (typeof given !== 'string' || memory.progress.told.includes(given)) return;
  const words = provenWords((await readRulePage(extension, given)) ?? '');
  if (words === undefined) return;
  await memory.update(({ told, ...rest }) => ({ ...rest, told: [...told, given] }));
  const lesson = lessonOfRule(curriculum, given);
  const learn = lesson && vscode.l10n.t('Learn: {0}', say(lesson.title));
  const read = vscode.l10n.t('Read the rule');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Mended. What happened at run time until now: {0}', words),
    learn ?? read,
  );
  if (answer === undefined) return;
  await (answer === learn
    ? vscode.commands.executeCommand('fastapiMentor.openLesson', lesson?.id)
    : vscode.commands.executeCommand('fastapiMentor.showRule', given));
}
