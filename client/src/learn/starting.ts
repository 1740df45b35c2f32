/** Starting an exercise: where it goes is the learner's to say, and nothing of theirs is overwritten unasked. */
import * as vscode from 'vscode';
import type { Exercise } from '../../../server/src/curriculum/exercise.ts';
import { type Content, exists } from './content.ts';
import { backUp, folderName, writeStarter } from './files.ts';
import type { Memory } from './memory.ts';
import { say } from './words.ts';

/** Gives the folder once the exercise lies there; nothing when the learner thought otherwise. */
export async function startExercise(
  content: Content,
  memory: Memory,
  exercise: Exercise,
): Promise<vscode.Uri | undefined> {
  const label = vscode.l10n.t('Put the exercise here');
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: label,
    title: label,
  });
  if (chosen?.[0] === undefined) return undefined;
  const target = vscode.Uri.joinPath(chosen[0], folderName(exercise));
  const answer = (await exists(target)) ? await askAboutOld(target) : 'write';
  if (answer === undefined) return undefined;
  if (answer === 'renew') await backUp(exercise, target);
  if (answer !== 'keep') await writeStarter(content, exercise, target);
  await memory.setFolder(exercise.id, target);
  return target;
}

async function askAboutOld(target: vscode.Uri): Promise<'keep' | 'renew' | undefined> {
  const keep = vscode.l10n.t('Go on with it');
  const renew = vscode.l10n.t('Start over');
  const name = target.path.slice(target.path.lastIndexOf('/') + 1);
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('There is a folder {0} already.', name),
    {
      modal: true,
      detail: vscode.l10n.t('If you start over, what is there now is kept in its folder backups.'),
    },
    // The first is what Enter chooses: it changes nothing.
    keep,
    renew,
  );
  if (answer === undefined) return undefined;
  return answer === renew ? 'renew' : 'keep';
}

/** Shows the folder: in this window when it lies in it, else where the learner wants it. True when it is here now. */
export async function openExerciseFolder(folder: vscode.Uri, memory: Memory): Promise<boolean> {
  if (vscode.workspace.getWorkspaceFolder(folder) !== undefined) return true;
  const here = vscode.l10n.t('Open it here');
  const apart = vscode.l10n.t('Open it in a new window');
  const isEmpty = (vscode.workspace.workspaceFolders ?? []).length === 0;
  const answer = isEmpty
    ? here
    : await vscode.window.showInformationMessage(
        vscode.l10n.t('The exercise is a project of its own. Where do you want to open it?'),
        { modal: true },
        here,
        apart,
      );
  if (answer === undefined) return false;
  await memory.setOpened(folder);
  const forceNewWindow = answer === apart;
  await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
  return false;
}

/** Opens the files that the exercise begins with, the first in front. */
export async function openFiles({ open }: Exercise, folder: vscode.Uri): Promise<void> {
  for (const file of [...open].reverse()) {
    const uri = vscode.Uri.joinPath(folder, file);
    if (!(await exists(uri))) continue;
    await vscode.window.showTextDocument(uri, {
      preview: false,
      viewColumn: vscode.ViewColumn.One,
    });
  }
}

/** Back to the starter, after asking; what was there is kept. Gives the name of the folder that has it. */
export async function resetExercise(
  content: Content,
  exercise: Exercise,
  folder: vscode.Uri,
): Promise<string | undefined> {
  const reset = vscode.l10n.t('Start over');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Start "{0}" over?', say(exercise.title)),
    { modal: true, detail: vscode.l10n.t('What you have now is kept in the folder backups.') },
    reset,
  );
  if (answer !== reset) return undefined;
  // What was typed and not saved belongs to what is kept.
  await saveBelow(folder);
  const backup = await backUp(exercise, folder);
  await writeStarter(content, exercise, folder);
  return backup.path.slice(folder.path.length + 1);
}

export async function saveBelow(folder: vscode.Uri): Promise<void> {
  const prefix = `${folder.toString()}/`;
  const unsaved = vscode.workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.toString().startsWith(prefix),
  );
  for (const document of unsaved) await document.save();
}

/** What is other in the solution, file by file, beside what the learner has. Asks first. */
export async function showSolution(
  content: Content,
  exercise: Exercise,
  folder: vscode.Uri,
  isSolved: boolean,
): Promise<boolean> {
  if (!isSolved) {
    const show = vscode.l10n.t('Show the solution');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Show the solution of "{0}"?', say(exercise.title)),
      { modal: true, detail: vscode.l10n.t('What you have stays as it is. There are hints, too.') },
      show,
    );
    if (answer !== show) return false;
  }
  const solution = vscode.Uri.joinPath(content.folderOf(exercise), 'solution');
  const title = vscode.l10n.t('Yours, and the solution: {0}', say(exercise.title));
  const changes = exercise.solution.map((file) => {
    const own = vscode.Uri.joinPath(folder, file);
    return [own, own, vscode.Uri.joinPath(solution, file)];
  });
  await vscode.commands.executeCommand('vscode.changes', title, changes);
  return true;
}
