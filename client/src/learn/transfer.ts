/** Progress as a file: out of one editor, into another. */
import * as vscode from 'vscode';
import { readText } from './content.ts';
import type { Memory } from './memory.ts';
import { merged, readProgress } from './progress.ts';

const filters = { JSON: ['json'] };

export async function exportProgress(memory: Memory): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = 'fastapi-mentor-progress.json';
  const target = await vscode.window.showSaveDialog({
    filters,
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
  if (target === undefined) return;
  const text = `${JSON.stringify(memory.progress, null, 2)}\n`;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  void vscode.window.showInformationMessage(vscode.l10n.t('Your progress was written to a file.'));
}

/** What is here stays: of both the further one counts. */
export async function importProgress(memory: Memory): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({ filters });
  if (chosen?.[0] === undefined) return;
  let given: unknown;
  try {
    given = JSON.parse((await readText(chosen[0])) ?? '');
  } catch {
    given = undefined;
  }
  if (typeof given !== 'object' || given === null || !('version' in given)) {
    void vscode.window.showErrorMessage(vscode.l10n.t('This file holds no progress.'));
    return;
  }
  await memory.update((progress) => merged(progress, readProgress(given)));
  void vscode.window.showInformationMessage(vscode.l10n.t('Your progress was read.'));
}
