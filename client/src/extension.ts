import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activate.ts';
import { registerCheckInTerminal } from './checkInTerminal.ts';

let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(registerCheckInTerminal(context.extensionUri, process.execPath));
  stop = await activateWith(context, async ({ extensionUri }, options) => {
    const module = vscode.Uri.joinPath(extensionUri, 'dist', 'server.node.cjs').fsPath;
    const server = { module, transport: TransportKind.ipc };
    return new LanguageClient('fastapiMentor', 'FastAPI Mentor', server, options);
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
