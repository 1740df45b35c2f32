/** What the extension asks of VS Code and of a language client, and nothing more of them: a test can give that honestly. */
import type * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

export type Context = Pick<
  vscode.ExtensionContext,
  'subscriptions' | 'workspaceState' | 'globalState' | 'extensionUri'
>;

export type Client = Pick<
  BaseLanguageClient,
  | 'onRequest'
  | 'onNotification'
  | 'onDidChangeState'
  | 'sendRequest'
  | 'sendNotification'
  | 'start'
  | 'dispose'
>;
