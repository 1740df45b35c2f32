import path from 'node:path';
import process from 'node:process';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { runProgram } from '../../server/src/programs.ts';
import { activateWith, type CreateClient } from './activate.ts';
import { registerCheckInTerminal } from './checkInTerminal.ts';
import { SERVER_FLAGS } from './serverFlags.ts';

let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(registerCheckInTerminal(context.extensionUri, process.execPath));
  const createClient: CreateClient = async ({ extensionUri }, options) => {
    const module = vscode.Uri.joinPath(extensionUri, 'dist', 'server.node.cjs').fsPath;
    const server = {
      module,
      transport: TransportKind.ipc,
      options: { execArgv: [...SERVER_FLAGS] },
    };
    return new LanguageClient('fastapiMentor', 'FastAPI Mentor', server, options);
  };
  stop = await activateWith(context, createClient, {
    run: runProgram,
    isWindows: process.platform === 'win32',
    pathDelimiter: path.delimiter,
  });
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
