import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../engine/diagnostic.ts';
import { keyOf, type Session } from './session.ts';

/** With versions where the client takes them: it then refuses the edit of a text that has moved on. */
export function toWorkspaceEdit(
  edits: readonly TextEdit[],
  { client, documents }: Session,
): WorkspaceEdit {
  const changes = [...new Set(edits.map(({ path }) => path))].map((path) => {
    const document = documents.get(keyOf(path));
    const uri = document?.uri ?? path;
    const own = edits.filter((edit) => edit.path === path);
    const textEdits = own.map(({ range, newText }) => ({ range, newText }));
    return { textDocument: { uri, version: document?.version ?? null }, edits: textEdits };
  });
  if (client.workspace?.workspaceEdit?.documentChanges === true) {
    return { documentChanges: changes satisfies TextDocumentEdit[] };
  }
  return {
    changes: Object.fromEntries(changes.map((each) => [each.textDocument.uri, each.edits])),
  };
}
