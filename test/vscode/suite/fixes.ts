// Mending on save, and accepting what is there.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test, untilDiagnostics } from './harness.ts';

async function open(file: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

function codes({ uri }: vscode.TextDocument): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'fastapi-mentor')
    .map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

const until = (document: vscode.TextDocument, code: string, isThere: boolean) =>
  untilDiagnostics(`${code} to ${isThere ? 'come' : 'go'}`, () =>
    codes(document).includes(code) === isThere ? true : undefined,
  );

const slow = `import time

import requests


async def slow() -> None:
    time.sleep(2)  # a moment
    requests.get("/", timeout=1)
`;

/** A file of the test's own: this VS Code saves what is edited by itself. */
async function openNew(file: string, text: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  await vscode.workspace.fs.writeFile(
    vscode.Uri.joinPath(folder.uri, file),
    new TextEncoder().encode(text),
  );
  return open(file);
}

async function remove({ uri }: vscode.TextDocument): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await vscode.workspace.fs.delete(uri);
}

test('everything safe is mended at once, in place', async () => {
  const document = await openNew('app/slow.py', slow);
  await until(document, 'async/blocking-sleep', true);
  await vscode.commands.executeCommand('editor.action.codeAction', {
    kind: 'source.fixAll.fastapiMentor',
    apply: 'first',
  });
  await until(document, 'async/blocking-sleep', false);
  const mended = slow
    .replace('import time', 'import asyncio\nimport time')
    .replace('time.sleep(2)', 'await asyncio.sleep(2)');
  assert.equal(document.getText(), mended);
  assert.ok(codes(document).includes('async/blocking-http'), 'what is not safe stays');
  await remove(document);
});

test('only new code is told once what is there was accepted, until all is shown again', async () => {
  const document = await openNew('app/slow.py', slow);
  await until(document, 'async/blocking-http', true);
  // The command ends when everything has been accepted; the message it shows may stay.
  await vscode.commands.executeCommand('fastapiMentor.onlyNewCode');
  await untilDiagnostics('nothing', () => (codes(document).length === 0 ? true : undefined));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(2, 0), '# moved\n\n');
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.insert(document.uri, end, '\n\nasync def fresh() -> None:\n    time.sleep(1)\n');
  await vscode.workspace.applyEdit(edit);
  await until(document, 'async/blocking-sleep', true);
  assert.deepEqual(codes(document), ['async/blocking-sleep']);
  await vscode.commands.executeCommand('fastapiMentor.showAllFindings');
  await until(document, 'async/blocking-http', true);
  await remove(document);
});
