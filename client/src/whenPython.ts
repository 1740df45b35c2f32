import * as vscode from 'vscode';

/** Runs once, when a Python file is open: a walkthrough or a command alone has no need of the server. */
export async function whenPython(run: () => Promise<void>): Promise<vscode.Disposable> {
  const isPython = (document: vscode.TextDocument) => document.languageId === 'python';
  if (vscode.workspace.textDocuments.some(isPython)) {
    await run();
    return new vscode.Disposable(() => {});
  }
  const listener = vscode.workspace.onDidOpenTextDocument((document) => {
    if (!isPython(document)) return;
    listener.dispose();
    void run();
  });
  return listener;
}
