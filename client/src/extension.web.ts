import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith } from './activate.ts';
import { registerCheckInTerminal } from './checkInTerminal.ts';

let stop: (() => Promise<void>) | undefined;
let worker: Worker | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(registerCheckInTerminal(context.extensionUri, undefined));
  stop = await activateWith(context, async ({ extensionUri }, options) => {
    const read = (name: string) =>
      vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name));
    const [script, core, grammar] = await Promise.all([
      read('server.web.js'),
      read('web-tree-sitter.wasm'),
      read('tree-sitter-python.wasm'),
    ]);
    // VS Code refuses workers by the URL of an extension that lies on a remote machine.
    const url = URL.createObjectURL(new Blob([toOwnBuffer(script)], { type: 'text/javascript' }));
    // A server that has been told to exit cannot end its worker.
    worker?.terminate();
    const started = new Worker(url);
    worker = started;
    started.postMessage({ core, grammar });
    return new LanguageClient('fastapiMentor', 'FastAPI Mentor', started, options);
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
  worker?.terminate();
}

/** A blob takes no view of memory that might be shared. */
function toOwnBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
