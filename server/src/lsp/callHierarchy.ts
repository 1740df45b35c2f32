import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  SymbolKind,
} from 'vscode-languageserver';
import type { Callable } from '../engine/call-graph.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { Language } from './deps.ts';
import type { Feature } from './server.ts';
import { keyOf, logFailure } from './session.ts';

const kinds: Readonly<Record<Callable['kind'], SymbolKind>> = {
  function: SymbolKind.Function,
  module: SymbolKind.Module,
  route: SymbolKind.Event,
  leaf: SymbolKind.Function,
};

const places: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { loop: 'event loop', thread: 'thread pool' },
  ko: { loop: '이벤트 루프', thread: '스레드 풀' },
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
      return found && [toItem(found, session.language)];
    }),
  );
  connection.languages.callHierarchy.onIncomingCalls(({ item }) =>
    ask((workspace) =>
      workspace.incomingCalls(idOf(item)).map(
        ({ other, ranges }): CallHierarchyIncomingCall => ({
          from: toItem(other, session.language),
          fromRanges: [...ranges],
        }),
      ),
    ),
  );
  connection.languages.callHierarchy.onOutgoingCalls(({ item }) =>
    ask((workspace) =>
      workspace.outgoingCalls(idOf(item)).map(
        ({ other, ranges }): CallHierarchyOutgoingCall => ({
          to: toItem(other, session.language),
          fromRanges: [...ranges],
        }),
      ),
    ),
  );
  return { callHierarchyProvider: true };
};

function toItem(callable: Callable, language: Language): CallHierarchyItem {
  const { kind, id, name, path, range, whole } = callable;
  const detail = kind === 'route' ? places[language][callable.detail] : callable.detail;
  return {
    name,
    kind: kinds[kind],
    ...(detail !== undefined && { detail }),
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
