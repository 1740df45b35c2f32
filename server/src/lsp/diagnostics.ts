import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type Diagnostic as Item,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { isConfigFile } from '../project/config-files.ts';
import { folded } from './folding.ts';
import { resultIdOf, toItem } from './items.ts';
import type { Feature } from './server.ts';
import { type Diagnosed, diagnose, inBackground, keyOf } from './session.ts';
import { settling } from './settling.ts';

interface Answer {
  readonly items: Item[];
  /** Undefined for a file that is not open. */
  readonly diagnosed: Diagnosed | undefined;
  readonly resultId: string;
}

/**
 * Findings, asked for by the client (pull) where it can, sent to it (push) where it cannot. A pull client is asked to
 * pull again when a change elsewhere made an open document's findings other than what it was last told.
 */
export const registerDiagnostics: Feature = (session, sources) => {
  const { connection, client, documents, diagnosed, deps } = session;
  const pulls = client.textDocument?.diagnostic !== undefined;
  const { relatedInformation: withRelated = false } =
    client.textDocument?.diagnostic ?? client.textDocument?.publishDiagnostics ?? {};

  const answer = async (key: string): Promise<Answer> => {
    const analysis = await session.analysis;
    await session.configurations.ready;
    // From here on nothing is awaited, so that items and version belong together.
    if (analysis !== undefined) sources.flush(analysis.workspace);
    const found = analysis === undefined ? [] : diagnose(session, analysis, key);
    const items = folded(session, key, found).map((each) => toItem(each, withRelated));
    const resultId = resultIdOf(items);
    // What is wrong in a file that configures is told by another feature.
    const document = isConfigFile(key) ? undefined : documents.get(key);
    return {
      items,
      resultId,
      diagnosed: document && { uri: document.uri, version: document.version, resultId },
    };
  };

  /** Calls `act` for every open document whose findings are not what the client knows. */
  const forOutdated = async (act: (key: string, answer: Answer, known?: Diagnosed) => unknown) => {
    for (const key of [...documents.keys()]) {
      await deps.pause();
      const current = await answer(key);
      const known = diagnosed.get(key);
      if (current.diagnosed === undefined) continue;
      if (known?.resultId === current.resultId) diagnosed.set(key, current.diagnosed);
      else await act(key, current, known);
    }
  };

  const askToPull = async () => {
    let isStale = false;
    await forOutdated((_, current, known) => {
      // A document that was edited since is pulled by the client anyway.
      isStale ||= known !== undefined && known.version === current.diagnosed?.version;
    });
    if (isStale) await connection.languages.diagnostics.refresh();
  };

  const push = async () => {
    await forOutdated((key, { items, diagnosed: now }) => {
      if (now === undefined) return undefined;
      diagnosed.set(key, now);
      return connection.sendDiagnostics({ uri: now.uri, version: now.version, diagnostics: items });
    });
  };

  const forgetClosed = () => {
    for (const [key, { uri }] of diagnosed) {
      if (documents.has(key)) continue;
      diagnosed.delete(key);
      if (pulls) continue;
      const cleared = connection.sendDiagnostics({ uri, diagnostics: [] });
      inBackground(connection, 'clearing findings', cleared);
    }
  };

  session.changed.listen(forgetClosed);
  if (!pulls || client.workspace?.diagnostics?.refreshSupport === true) {
    session.changed.listen(
      settling(pulls ? askToPull : push, (work) =>
        inBackground(connection, 'looking at the open documents', work),
      ),
    );
  }
  if (!pulls) return {};

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    await deps.pause();
    throwIfCancelled(token);
    const key = keyOf(textDocument.uri);
    const { items, resultId, diagnosed: now } = await answer(key);
    throwIfCancelled(token);
    if (now !== undefined) diagnosed.set(key, now);
    if (resultId === previousResultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    }
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });
  return {
    diagnosticProvider: {
      identifier: 'fastapi-mentor',
      interFileDependencies: true,
      workspaceDiagnostics: false,
    },
  };
};

function throwIfCancelled(token: CancellationToken): void {
  if (!token.isCancellationRequested) return;
  throw new ResponseError(LSPErrorCodes.ServerCancelled, 'cancelled', { retriggerRequest: true });
}
