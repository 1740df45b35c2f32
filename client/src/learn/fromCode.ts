/** From a finding to the lesson about it, and from a lesson to the findings it is about. */
import * as vscode from 'vscode';
import {
  type Curriculum,
  type Lesson,
  lessonOfRule,
} from '../../../server/src/curriculum/curriculum.ts';
import type { Client } from '../host.ts';
import { say } from './words.ts';

/** The rule of a finding of ours. */
export function ruleOf({ source, code }: vscode.Diagnostic): string | undefined {
  if (source !== 'fastapi-mentor' || code === undefined) return undefined;
  return String(typeof code === 'object' ? code.value : code);
}

/** "Learn: …" on every finding that a lesson is about, once for each lesson. */
export function offerLessons(curriculum: Curriculum): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { language: 'python' },
    {
      provideCodeActions(_document, _range, { diagnostics }) {
        const offered = new Map<string, vscode.CodeAction>();
        for (const diagnostic of diagnostics) {
          const lesson = lessonOfRule(curriculum, ruleOf(diagnostic) ?? '');
          if (lesson === undefined || offered.has(lesson.id)) continue;
          const title = vscode.l10n.t('Learn: {0}', say(lesson.title));
          const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
          action.command = {
            command: 'fastapiMentor.openLesson',
            title,
            arguments: [lesson.id],
          };
          action.diagnostics = [diagnostic];
          offered.set(lesson.id, action);
        }
        return [...offered.values()];
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

interface Listed {
  readonly uri: string;
  readonly range: { readonly start: vscode.Position; readonly end: vscode.Position };
  readonly rule: string;
  readonly message: string;
}

/** The findings of a lesson's rules in the open folders, to go through with the arrow keys. */
export async function showInProject(lesson: Lesson, client: Client | undefined): Promise<void> {
  const found =
    (await client?.sendRequest<Listed[]>('fastapiMentor/findings', { rules: lesson.rules })) ?? [];
  if (found.length === 0) {
    const text =
      client === undefined
        ? vscode.l10n.t('Open a Python file of your project first; then the project is read.')
        : vscode.l10n.t('Your project does none of what this lesson is about.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const choices = found.map(({ uri, range, rule, message }) => {
    const file = vscode.Uri.parse(uri);
    const place = `${vscode.workspace.asRelativePath(file)}:${range.start.line + 1}`;
    return { label: place, description: rule, detail: message, file, range };
  });
  const { viewColumn } = vscode.window.tabGroups.activeTabGroup;
  // A list gives the keyboard back to where it was, and a page hears of that a moment later: then it would be in front
  // of what is opened here. So it is where the file will be before the list is shown.
  await focusGroup(vscode.ViewColumn.One);
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('In your project: {0}', say(lesson.title)),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen === undefined) {
    await focusGroup(viewColumn);
    return;
  }
  const { start, end } = chosen.range;
  await vscode.window.showTextDocument(chosen.file, {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(start.line, start.character, end.line, end.character),
  });
}

/** The commands that do so, by the group's column. */
const groups = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth'];

async function focusGroup(column: vscode.ViewColumn): Promise<void> {
  const name = groups[column - 1];
  if (name === undefined) return;
  await vscode.commands.executeCommand(`workbench.action.focus${name}EditorGroup`);
}
