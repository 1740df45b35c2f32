// Mending on save, and accepting what is there.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { test, untilDiagnostics, within } from './harness.ts';

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
    .map(codeOf);
}

const codeOf = ({ code }: vscode.Diagnostic) =>
  String(typeof code === 'object' ? code.value : code);

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

/**
 * When findings come or the cursor moves, VS Code asks for its light bulb a quarter of a second later, and gives up what
 * somebody has asked for by hand if that has no answer soon after. `untilAsked` puts the cursor on a finding and ends
 * when the light bulb has asked about it: then nothing of that kind is on its way any more. It has to be there before
 * the file is opened, as VS Code asks again when a provider comes or goes.
 */
function watchLightBulb() {
  const watching: ((uri: vscode.Uri, context: vscode.CodeActionContext) => void)[] = [];
  const provider = vscode.languages.registerCodeActionsProvider('python', {
    provideCodeActions({ uri }, _range, context) {
      for (const watch of watching) watch(uri, context);
      return [];
    },
  });
  return {
    async untilAsked(document: vscode.TextDocument, code: string): Promise<void> {
      const isIt = (each: vscode.Diagnostic) => codeOf(each) === code;
      const found = vscode.languages.getDiagnostics(document.uri).find(isIt);
      assert.ok(found, `${code} is there`);
      const asked = new Promise<void>((resolve) => {
        watching.push((uri, { triggerKind, diagnostics }) => {
          if (triggerKind !== vscode.CodeActionTriggerKind.Automatic) return;
          if (uri.toString() === document.uri.toString() && diagnostics.some(isIt)) resolve();
        });
      });
      // The cursor alone: of selected text VS Code asks twice.
      const { start } = found.range;
      const selection = new vscode.Range(start, start);
      await vscode.window.showTextDocument(document, { preview: false, selection });
      await within('the light bulb to ask', asked);
    },
    dispose: () => provider.dispose(),
  };
}

test('everything safe is mended at once, in place', async () => {
  const lightBulb = watchLightBulb();
  const document = await openNew('app/slow.py', slow);
  await until(document, 'async/blocking-sleep', true);
  await lightBulb.untilAsked(document, 'async/blocking-sleep');
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
  lightBulb.dispose();
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
