// What the extension does to the sample app, asked through the vscode API.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test, untilDiagnostics } from './harness.ts';

const findings = [
  { file: 'app/routers/orders.py', text: 'time.sleep(2)', code: 'async/blocking-sleep' },
  {
    file: 'app/routers/orders.py',
    text: 'return HTTPException',
    code: 'response/exception-returned',
  },
  { file: 'app/routers/books.py', text: 'requests.get(', code: 'async/blocking-http' },
  { file: 'app/routers/books.py', text: 'session.execute(', code: 'database/n-plus-one' },
  { file: 'app/routers/users.py', text: '"/{user_id}"', code: 'response/missing-response-model' },
  { file: 'app/services/tokens.py', text: 'SECRET_KEY = ', code: 'security/hardcoded-secret' },
] as const;

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('fastapi-mentor.fastapi-mentor');
  assert.ok(found, 'the extension is installed');
  return found;
}

async function open(file: string): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file));
  await vscode.window.showTextDocument(document);
  return document;
}

function ours(document: vscode.TextDocument): vscode.Diagnostic[] {
  const all = vscode.languages.getDiagnostics(document.uri);
  return all.filter(({ source }) => source === 'fastapi-mentor');
}

function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

function lineOf(document: vscode.TextDocument, text: string): number {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${document.fileName} contains ${text}`);
  return document.positionAt(offset).line;
}

function finding(document: vscode.TextDocument, code: string, line: number) {
  const isIt = (one: vscode.Diagnostic) => codeOf(one) === code && one.range.start.line === line;
  return untilDiagnostics(`${code} on line ${line + 1} of ${document.fileName}`, () =>
    ours(document).find(isIt),
  );
}

/** The edit of the first quick fix there whose title contains `title`, offered within some seconds. */
async function quickFix(document: vscode.TextDocument, range: vscode.Range, title: string) {
  const deadline = performance.now() + 20_000;
  const offered = new Set<string>();
  // VS Code answers with nothing when a window still settles down: ask again.
  while (performance.now() < deadline) {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
      // Actions without an edit are completed up to this count.
      10,
    );
    for (const action of actions) {
      if (action.edit && action.title.includes(title)) return action.edit;
      offered.add(action.title);
    }
  }
  return assert.fail(`no "${title}" among: ${[...offered].join(', ')}`);
}

test('the extension activates', async () => {
  await extension().activate();
  assert.equal(extension().isActive, true);
});

test('every command of the manifest is registered', async () => {
  const manifest: { contributes?: { commands?: { command: string }[] } } = extension().packageJSON;
  const declared = (manifest.contributes?.commands ?? []).map(({ command }) => command);
  const registered = new Set(await vscode.commands.getCommands(true));
  assert.deepEqual(
    declared.filter((command) => !registered.has(command)),
    [],
  );
  assert.notEqual(declared.length, 0);
});

for (const { file, text, code } of findings) {
  test(`${file} has ${code}`, async () => {
    const document = await open(file);
    const found = await finding(document, code, lineOf(document, text));
    assert.ok(typeof found.code === 'object', 'the code links to the page of its rule');
  });
}

test('a sound file has only the finding that is typed into it', async () => {
  const document = await open('app/main.py');
  const end = document.lineAt(document.lineCount - 1).range.end;
  const edit = new vscode.WorkspaceEdit();
  const slow =
    '\n\nimport time\n\n\n@app.get("/slow")\nasync def slow() -> None:\n    time.sleep(1)\n';
  edit.insert(document.uri, end, slow);
  await vscode.workspace.applyEdit(edit);
  await finding(document, 'async/blocking-sleep', lineOf(document, 'time.sleep(1)'));
  assert.deepEqual(ours(document).map(codeOf), ['async/blocking-sleep']);

  await vscode.commands.executeCommand('undo');
  await untilDiagnostics('a clean file', () => (ours(document).length === 0 ? true : undefined));
});

test('the quick fix of time.sleep awaits asyncio.sleep', async () => {
  const document = await open('app/routers/orders.py');
  const line = lineOf(document, 'time.sleep(2)');
  const { range } = await finding(document, 'async/blocking-sleep', line);
  const edit = await quickFix(document, range, 'asyncio.sleep');
  await vscode.workspace.applyEdit(edit);
  assert.match(document.getText(), /^import asyncio$/m);
  assert.match(document.getText(), /await asyncio\.sleep\(2\)/);
  await untilDiagnostics('the finding to go', () =>
    ours(document).some((one) => codeOf(one) === 'async/blocking-sleep') ? undefined : true,
  );
});
