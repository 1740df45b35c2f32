/** A lesson's programs: a copy to play with, or run as they are. */
import * as vscode from 'vscode';
import type { Lesson } from '../../../server/src/curriculum/curriculum.ts';
import { type Content, readText } from './content.ts';
import { choosePython, type Programs } from './python.ts';
import { say } from './words.ts';

/** As a new document: nothing that is saved there is part of the extension. */
export async function openExample(content: Content, lesson: Lesson, name: string): Promise<void> {
  const text = await readText(exampleUri(content, lesson, name));
  if (text === undefined) return;
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: text });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
}

/** In a terminal, by the Python of the open folder; it writes nothing. */
export async function runExample(
  content: Content,
  lesson: Lesson,
  name: string,
  programs: Programs | undefined,
): Promise<void> {
  if (programs === undefined) {
    const text = vscode.l10n.t('No Python runs here. The lesson shows what the program prints.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const example = exampleUri(content, lesson, name);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const around = folder?.uri ?? vscode.Uri.joinPath(example, '..');
  // Which Python a folder brings is the folder's to say only when it is trusted.
  const python = vscode.workspace.isTrusted
    ? await choosePython(around, programs)
    : programs.isWindows
      ? 'python'
      : 'python3';
  if (python === undefined) {
    const text = vscode.l10n.t('No Python was found. The lesson shows what the program prints.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const execution = new vscode.ProcessExecution(python, [example.fsPath], {
    cwd: vscode.Uri.joinPath(example, '..').fsPath,
    env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  });
  const scope = folder ?? vscode.TaskScope.Global;
  const title = `${say(lesson.title)}: ${name}`;
  const task = new vscode.Task({ type: 'process' }, scope, title, 'FastAPI Mentor', execution, []);
  task.presentationOptions = { clear: true, focus: false, reveal: vscode.TaskRevealKind.Always };
  await vscode.tasks.executeTask(task);
}

function exampleUri(content: Content, lesson: Lesson, name: string): vscode.Uri {
  return vscode.Uri.joinPath(content.walkthroughs, lesson.id, 'examples', name);
}
