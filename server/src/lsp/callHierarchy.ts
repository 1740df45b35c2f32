import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  SymbolKind,
} from 'vscode-languageserver';
import type { Callable } from '../engine/call-graph.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { Feature } from './server.ts';
import { keyOf, logFailure } from './session.ts';

const kinds: Readonly<Record<Callable['kind'], SymbolKind>> = {
  function: SymbolKind.Function,
  module: SymbolKind.Module,
  route: SymbolKind.Event,
  leaf: SymbolKind.Function,
};

/** Who runs a function, up to the routes, and what it runs, down to the calls that hold up its thread. */
export const registerCallHierarchy: Feature = (session, sources) => {
  const { connection, client } = session;
  if (client.textDocument?.callHierarchy === undefined) return {};

  const ask = async <T>(question: (workspace: Workspace) => T): Promise<T | null> => {
    const analysis = await session.analysis;
    if (analysis === undefined) return null;
    sources.flush(analysis.workspace);
    try {
      return question(analysis.workspace);
    } catch (error) {
      logFailure(connection, 'a call hierarchy', error);
      return null;
    }
  };

  connection.languages.callHierarchy.onPrepare(({ textDocument, position }) =>
    ask((workspace) => {
      const found = workspace.callableAt(keyOf(textDocument.uri), position);
      return found && [toItem(found)];
    }),
  );
  connection.languages.callHierarchy.onIncomingCalls(({ item }) =>
    ask((workspace) =>
      workspace.incomingCalls(idOf(item)).map(
        ({ other, ranges }): CallHierarchyIncomingCall => ({
          from: toItem(other),
          fromRanges: [...ranges],
        }),
      ),
    ),
  );
  connection.languages.callHierarchy.onOutgoingCalls(({ item }) =>
    ask((workspace) =>
      workspace.outgoingCalls(idOf(item)).map(
        ({ other, ranges }): CallHierarchyOutgoingCall => ({
          to: toItem(other),
          fromRanges: [...ranges],
        }),
      ),
    ),
  );
  return { callHierarchyProvider: true };
};

function toItem({ kind, id, name, detail, path, range, whole }: Callable): CallHierarchyItem {
  return {
    name,
    kind: kinds[kind],
    detail,
    uri: path,
    range: whole,
    selectionRange: range,
    data: id,
  };
}

/** What a client hands back; nothing is known about what it did not get from here. */
function idOf({ data }: CallHierarchyItem): string {
  return typeof data === 'string' ? data : '';
}
