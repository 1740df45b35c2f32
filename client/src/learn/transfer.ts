/** Progress as a file: out of one editor, into another. */
import * as vscode from 'vscode';
import { readText } from './content.ts';
import type { Memory } from './memory.ts';
import { merged, readExported } from './progress.ts';

const filters = { JSON: ['json'] };

export async function exportProgress(memory: Memory): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = 'fastapi-mentor-progress.json';
  const target = await vscode.window.showSaveDialog({
    filters,
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
  });
  if (target === undefined) return;
  const text = `${JSON.stringify(memory.everything, null, 2)}\n`;
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t('Your progress could not be written: {0}', why),
    );
    return;
  }
  void vscode.window.showInformationMessage(vscode.l10n.t('Your progress was written to a file.'));
}

/** What is here stays: of both the further one counts. */
export async function importProgress(memory: Memory): Promise<void> {
  const [chosen] = (await vscode.window.showOpenDialog({ filters })) ?? [];
  if (chosen === undefined) return;
  const given = readExported((await readText(chosen)) ?? '');
  if (given === undefined || given === 'newer') {
    const text =
      given === undefined
        ? vscode.l10n.t('This file holds no progress. Nothing was changed.')
        : vscode.l10n.t(
            'This progress was written by a newer FastAPI Mentor. Update the extension, then read the file again. Nothing was changed.',
          );
    const another = vscode.l10n.t('Choose another file');
    const answer = await vscode.window.showErrorMessage(text, another);
    if (answer === another) await importProgress(memory);
    return;
  }
  await memory.update((progress) => merged(progress, given));
  const { read, exercises } = memory.progress;
  const solved = Object.values(exercises).filter((state) => state === 'passed');
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Lessons read: {0}. Exercises solved: {1}. What was here before is kept.',
      read.length,
      solved.length,
    ),
  );
}
