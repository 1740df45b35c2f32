import * as vscode from 'vscode';

const folderName = 'fastapi-mentor-sample';

/** Listed, because the files of an extension cannot be listed in a browser. */
const files = ['README.md', 'main.py', 'payments.py', 'pyproject.toml'];

/**
 * Copies the sample into a folder of the person's choice and opens it. A walkthrough opens the folder itself
 * when it is given one, and comes back in its window.
 */
export async function openSample(
  extension: vscode.Uri,
  from: unknown,
): Promise<{ openFolder: vscode.Uri } | undefined> {
  const label = vscode.l10n.t('Put the sample here');
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: label,
    title: label,
  });
  if (chosen?.[0] === undefined) return undefined;
  const target = vscode.Uri.joinPath(chosen[0], folderName);
  const answer = (await exists(target)) ? await askToOverwrite() : 'copy';
  if (answer === undefined) return undefined;
  if (answer === 'copy') await copySample(extension, target);
  if (from === 'walkthrough') return { openFolder: target };
  await vscode.commands.executeCommand('vscode.openFolder', target);
  return undefined;
}

async function askToOverwrite(): Promise<'copy' | 'open' | undefined> {
  const overwrite = vscode.l10n.t('Overwrite');
  const open = vscode.l10n.t('Open as it is');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('There is a folder {0} already.', folderName),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Overwriting it undoes what you have changed in the files of the sample.',
      ),
    },
    // The first is what Enter chooses: it loses nothing.
    open,
    overwrite,
  );
  if (answer === undefined) return undefined;
  return answer === overwrite ? 'copy' : 'open';
}

async function copySample(extension: vscode.Uri, target: vscode.Uri): Promise<void> {
  const sample = vscode.Uri.joinPath(extension, 'walkthroughs', 'get-started', 'sample');
  await vscode.workspace.fs.createDirectory(target);
  for (const file of files) {
    const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(sample, file));
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(target, file), content);
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
