// What settings and a pyproject.toml that is being typed in do to the findings, without any edit of the code.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test, untilDiagnostics } from './harness.ts';

const code = 'async/blocking-http';

async function open(file: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file));
  // A tab that stays: the findings of a document without one are forgotten.
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

function codes({ uri }: vscode.TextDocument): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'fastapi-mentor')
    .map(({ code: own }) => String(typeof own === 'object' ? own.value : own));
}

const until = (document: vscode.TextDocument, isThere: boolean) =>
  untilDiagnostics(`${code} to ${isThere ? 'come' : 'go'}`, () =>
    codes(document).includes(code) === isThere ? true : undefined,
  );

test('a setting acts at once, and so does its going', async () => {
  const document = await open('app/routers/books.py');
  await until(document, true);
  const settings = vscode.workspace.getConfiguration('fastapiMentor');
  await settings.update('ignore', [code], vscode.ConfigurationTarget.Global);
  await until(document, false);
  await settings.update('ignore', undefined, vscode.ConfigurationTarget.Global);
  await until(document, true);
});

test('pyproject.toml acts while it is typed in, and a wrong word in it is mended', async () => {
  const books = await open('app/routers/books.py');
  await until(books, true);
  const document = await open('pyproject.toml');
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.insert(document.uri, end, '\n[tool.fastapi-mentor]\nignore = ["async/blocking-htp"]\n');
  await vscode.workspace.applyEdit(edit);
  const mistake = await untilDiagnostics('the wrong word', () =>
    vscode.languages
      .getDiagnostics(document.uri)
      .find((each) => each.code === 'mentor/configuration'),
  );
  assert.equal(document.getText(mistake.range), 'async/blocking-htp');
  const title = `Change to "${code}"`;
  let mended: vscode.WorkspaceEdit | undefined;
  for (const deadline = performance.now() + 20_000; mended === undefined; ) {
    assert.ok(performance.now() < deadline, `no "${title}"`);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      mistake.range,
    );
    mended = actions.find((action) => action.title === title)?.edit;
  }
  await vscode.workspace.applyEdit(mended);
  assert.ok(codes(books).length > 0, 'other findings of the file are shown');
  await untilDiagnostics('no mistake', () => (codes(document).length === 0 ? true : undefined));
  await until(books, false);
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await until(books, true);
});
