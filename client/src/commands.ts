import * as vscode from 'vscode';
import type { Client } from './host.ts';
import type { OnlyNew } from './onlyNew.ts';
import { listRules, openRulePage } from './rulePages.ts';
import { whyHere } from './whyHere.ts';

export const showRuleCommand = 'fastapiMentor.showRule';

export interface CommandContext {
  readonly extension: vscode.Uri;
  readonly output: vscode.LogOutputChannel;
  restart(): Promise<void>;
  readonly onlyNew: OnlyNew;
  /** The client whose server runs. */
  client(): Client | undefined;
}

/** Every command that the manifest names. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register(showRuleCommand, (rule: unknown) => showRule(rule, context.extension)),
    register('fastapiMentor.whyHere', () => whyHere(context.client())),
    register('fastapiMentor.restart', () => context.restart()),
    register('fastapiMentor.showOutput', () => context.output.show()),
    register('fastapiMentor.onlyNewCode', () => context.onlyNew.accept()),
    register('fastapiMentor.showAllFindings', () => context.onlyNew.showAll()),
  );
}

/** Without a rule: that of the finding at the cursor or on its line, else one that is picked. */
async function showRule(given: unknown, extension: vscode.Uri): Promise<void> {
  const rule = typeof given === 'string' ? given : (ruleAtCursor() ?? (await pickRule(extension)));
  // The name becomes a path: nothing but a rule's name may get there.
  if (rule !== undefined && /^[a-z0-9-]+\/[a-z0-9-]+$/.test(rule)) await openRulePage(rule);
}

function ruleAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const cursor = editor.selection.active;
  const own = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source }) => source === 'fastapi-mentor');
  const found =
    own.find(({ range }) => range.contains(cursor)) ??
    own.find(({ range }) => range.start.line <= cursor.line && cursor.line <= range.end.line);
  return typeof found?.code === 'object' ? String(found.code.value) : undefined;
}

async function pickRule(extension: vscode.Uri): Promise<string | undefined> {
  const rules = await listRules(extension);
  return vscode.window.showQuickPick(rules, {
    title: vscode.l10n.t('FastAPI Mentor: Show Rule'),
    placeHolder: vscode.l10n.t('Name of a rule'),
  });
}
