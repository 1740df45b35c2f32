/** An exercise's files: from the extension into a folder of the learner's, and back to how they were. */
import * as vscode from 'vscode';
import type { Exercise } from '../../../server/src/curriculum/exercise.ts';
import { STARTED_FILE, startedText } from '../../../server/src/curriculum/started.ts';
import { type Content, exists } from './content.ts';

/** `fastapi-expert-04-async-1-stalled-service`. */
export function folderName({ id }: Exercise): string {
  return `fastapi-${id.replaceAll('/', '-')}`;
}

/** Writes the starter over what is there, with its tests to read and what they need to run. */
export async function writeStarter(
  content: Content,
  exercise: Exercise,
  target: vscode.Uri,
): Promise<void> {
  const source = content.folderOf(exercise);
  const starter = vscode.Uri.joinPath(source, 'starter');
  for (const file of exercise.files) await copy(starter, target, file);
  for (const file of exercise.tests) await copy(source, target, file);
  const track = exercise.id.slice(0, exercise.id.indexOf('/'));
  const requirements = vscode.Uri.joinPath(content.walkthroughs, track);
  await copy(requirements, target, 'requirements.txt');
  await write(vscode.Uri.joinPath(target, STARTED_FILE), startedText(exercise.id));
  // Backups are no part of the project.
  await write(vscode.Uri.joinPath(target, '.fastapi-mentor', '.gitignore'), 'backups/\n');
}

/** Keeps what is there now, and gives the folder that holds it. */
export async function backUp(exercise: Exercise, target: vscode.Uri): Promise<vscode.Uri> {
  const name = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const backup = vscode.Uri.joinPath(target, '.fastapi-mentor', 'backups', name);
  const files = new Set([...exercise.files, ...exercise.solution, ...exercise.tests]);
  for (const file of files) {
    if (await exists(vscode.Uri.joinPath(target, file))) await copy(target, backup, file);
  }
  // What the learner added is theirs, and stays where it is.
  return backup;
}

async function copy(from: vscode.Uri, to: vscode.Uri, file: string): Promise<void> {
  const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(from, file));
  await writeBytes(vscode.Uri.joinPath(to, file), content);
}

function write(uri: vscode.Uri, text: string): Promise<void> {
  return writeBytes(uri, new TextEncoder().encode(text));
}

async function writeBytes(uri: vscode.Uri, content: Uint8Array): Promise<void> {
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
  await vscode.workspace.fs.writeFile(uri, content);
}
