import * as vscode from 'vscode';
import { currentLanguage } from './language.ts';

/** The bundled command line over the open folder, in a terminal. `node` runs it; a browser has none. */
export function registerCheckInTerminal(
  extension: vscode.Uri,
  node: string | undefined,
): vscode.Disposable {
  return vscode.commands.registerCommand('fastapiMentor.checkInTerminal', async () => {
    const folder = await chooseFolder();
    if (folder === undefined) return;
    if (node === undefined || folder.uri.scheme !== 'file') {
      const text = vscode.l10n.t(
        'There is no terminal for this folder, so it cannot be checked in one.',
      );
      void vscode.window.showInformationMessage(text);
      return;
    }
    await vscode.tasks.executeTask(makeTask(extension, node, folder));
  });
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return vscode.window.showWorkspaceFolderPick();
  if (folders[0] === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder to check it.'));
  }
  return folders[0];
}

/** A task, not typed text: no shell reads it, and the result stays to be read. */
function makeTask(
  extension: vscode.Uri,
  node: string,
  folder: vscode.WorkspaceFolder,
): vscode.Task {
  const cli = vscode.Uri.joinPath(extension, 'dist', 'cli.js').fsPath;
  const execution = new vscode.ProcessExecution(
    node,
    [cli, 'check', '.', '--lang', currentLanguage()],
    // On a desktop it is VS Code itself that runs as Node.
    { cwd: folder.uri.fsPath, env: { ELECTRON_RUN_AS_NODE: '1' } },
  );
  const name = vscode.l10n.t('check');
  const task = new vscode.Task({ type: 'process' }, folder, name, 'FastAPI Mentor', execution, []);
  task.presentationOptions = { clear: true, focus: true, reveal: vscode.TaskRevealKind.Always };
  return task;
}
