import { TextDocumentSyncKind } from 'vscode-languageserver';
import type { Feature } from './server.ts';
import { keyOf } from './session.ts';
import { applyChanges } from './textDocument.ts';

/** Follows the documents that the client has open. */
export const registerDocuments: Feature = ({ connection, documents, changed }, sources) => {
  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
    const key = keyOf(uri);
    documents.set(key, { uri, version, text });
    sources.edited(key);
    changed.emit();
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const key = keyOf(textDocument.uri);
    const document = documents.get(key);
    // A change of a document that was never opened is the client's mistake; there is no text to change.
    if (document === undefined) return;
    documents.set(key, applyChanges(document, contentChanges, textDocument.version));
    sources.edited(key);
    changed.emit();
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    const key = keyOf(textDocument.uri);
    if (!documents.delete(key)) return;
    sources.closed(key);
    changed.emit();
  });
  return {
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: false,
    },
  };
};
