/** A lesson's programs: a copy to play with, or run as they are. */
import * as vscode from 'vscode';
import type { Lesson } from '../../../server/src/curriculum/curriculum.ts';
import { type Content, readText } from './content.ts';
import { choosePython, type Programs, pythonOnPath } from './python.ts';
import { say } from './words.ts';

/** As a new document: nothing that is saved there is part of the extension. */
export async function openExample(
  content: Content,
  lesson: Lesson,
  name: string,
  viewColumn: vscode.ViewColumn,
): Promise<void> {
  const text = await readText(exampleUri(content, lesson, name));
  if (text === undefined) return;
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: text });
  await vscode.window.showTextDocument(document, { viewColumn });
}

/**
 * In a terminal, by the Python of the open folder, else by that of an exercise that is open there: environments of
 * exercises have what lessons import. It writes nothing.
 */
export async function runExample(
  content: Content,
  lesson: Lesson,
  name: string,
  programs: Programs | undefined,
  exercises: readonly vscode.Uri[],
): Promise<void> {
  if (programs === undefined) {
    const text = vscode.l10n.t('No Python runs here. The lesson shows what the program prints.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const example = exampleUri(content, lesson, name);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const found = await pythonsFor(
    [folder?.uri ?? vscode.Uri.joinPath(example, '..'), ...exercises],
    programs,
  );
  if (found.length === 0) {
    const text = vscode.l10n.t('No Python was found. The lesson shows what the program prints.');
    void vscode.window.showInformationMessage(text);
    return;
  }
  const imports = importsIn((await readText(example)) ?? '');
  const lacking: string[] = [];
  for (const python of found) {
    const missing = await missingIn(python, imports, example, programs);
    if (missing === '') return runIn(python, example, lesson, folder);
    lacking.push(missing);
  }
  await sayLacking(lesson, lacking[0] ?? '');
}

/** Which Python a folder brings is the folder's to say only when it is trusted. */
async function pythonsFor(
  folders: readonly vscode.Uri[],
  programs: Programs,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const folder of folders) {
    const python = vscode.workspace.isTrusted
      ? await choosePython(folder, programs)
      : await pythonOnPath(folder, programs);
    if (python !== undefined) found.add(python);
  }
  return [...found];
}

function importsIn(program: string): readonly string[] {
  return [
    ...new Set([...program.matchAll(/^(?:from|import) (\w+)/gm)].map(([, name = '']) => name)),
  ];
}

/** The names of modules that this Python does not find. */
async function missingIn(
  python: string,
  names: readonly string[],
  example: vscode.Uri,
  { run }: Programs,
): Promise<string> {
  const program =
    'import importlib.util as u, sys; print(*[n for n in sys.argv[1:] if not u.find_spec(n)])';
  const cwd = vscode.Uri.joinPath(example, '..').fsPath;
  const { output } = await run(python, ['-c', program, ...names], { cwd, env: {} });
  return output.trim().replaceAll(' ', ', ');
}

async function sayLacking(lesson: Lesson, missing: string): Promise<void> {
  const [exercise] = lesson.exercises;
  const open = vscode.l10n.t('Open the exercise');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Your Python lacks what this program imports: {0}. An exercise makes an environment that has it, when its tests are run for the first time. The lesson shows what the program prints.',
      missing,
    ),
    ...(exercise === undefined ? [] : [open]),
  );
  if (answer === open)
    await vscode.commands.executeCommand('fastapiMentor.openExercise', exercise?.id);
}

async function runIn(
  python: string,
  example: vscode.Uri,
  lesson: Lesson,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<void> {
  const execution = new vscode.ProcessExecution(python, [example.fsPath], {
    cwd: vscode.Uri.joinPath(example, '..').fsPath,
    env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' },
  });
  const scope = folder ?? vscode.TaskScope.Global;
  const name = example.path.slice(example.path.lastIndexOf('/') + 1);
  const title = `${say(lesson.title)}: ${name}`;
  const task = new vscode.Task({ type: 'process' }, scope, title, 'FastAPI Mentor', execution, []);
  task.presentationOptions = { clear: true, focus: false, reveal: vscode.TaskRevealKind.Always };
  await vscode.tasks.executeTask(task);
}

function exampleUri(content: Content, lesson: Lesson, name: string): vscode.Uri {
  return vscode.Uri.joinPath(content.walkthroughs, lesson.id, 'examples', name);
}
