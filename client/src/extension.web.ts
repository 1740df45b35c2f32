import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith } from './activate.ts';

let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  stop = await activateWith(context, async ({ extensionUri }, options) => {
    const dist = vscode.Uri.joinPath(extensionUri, 'dist');
    const [core, grammar] = await Promise.all(
      ['web-tree-sitter.wasm', 'tree-sitter-python.wasm'].map((name) =>
        vscode.workspace.fs.readFile(vscode.Uri.joinPath(dist, name)),
      ),
    );
    const worker = new Worker(vscode.Uri.joinPath(dist, 'server.web.js').toString(true));
    worker.postMessage({ core, grammar });
    return new LanguageClient('fastapiMentor', 'FastAPI Mentor', worker, options);
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
