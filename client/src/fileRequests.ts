import * as vscode from 'vscode';
import type { Client } from './host.ts';

interface FileParams {
  readonly uri: string;
}

/** Lets the server read the workspace's folders through the editor, where no disk of its own holds them. */
export function answerFileRequests(client: Client): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest('fastapiMentor/readFile', async (params: FileParams) => {
      const bytes = await vscode.workspace.fs.readFile(inWorkspace(params));
      return { base64: toBase64(bytes) };
    }),
    client.onRequest('fastapiMentor/readDirectory', async (params: FileParams) => {
      const entries = await vscode.workspace.fs.readDirectory(inWorkspace(params));
      return entries.map(([name, type]) => ({ name, type: typeName(type) }));
    }),
    client.onRequest('fastapiMentor/stat', async (params: FileParams) => {
      const { type, size } = await vscode.workspace.fs.stat(inWorkspace(params));
      // What it points to is asked for; the mark of a link is left out.
      return { type: typeName(type & ~vscode.FileType.SymbolicLink), size };
    }),
  );
}

/** The server reads the workspace and nothing else. */
function inWorkspace({ uri }: FileParams): vscode.Uri {
  const parsed = vscode.Uri.parse(uri, true);
  if (vscode.workspace.getWorkspaceFolder(parsed) === undefined) {
    throw new Error('outside the workspace');
  }
  return parsed;
}

function typeName(type: vscode.FileType): 'file' | 'directory' | 'link' | 'other' {
  if ((type & vscode.FileType.SymbolicLink) !== 0) return 'link';
  if (type === vscode.FileType.File) return 'file';
  return type === vscode.FileType.Directory ? 'directory' : 'other';
}

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  }
  return btoa(parts.join(''));
}
