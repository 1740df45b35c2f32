import { RequestType, type TextDocumentPositionParams } from 'vscode-languageserver';
import type { WhyHere } from '../engine/call-graph.ts';
import type { Feature } from './server.ts';
import { keyOf, logFailure } from './session.ts';

export const whyHereRequest = new RequestType<TextDocumentPositionParams, WhyHere | null, void>(
  'fastapiMentor/whyHere',
);

/** Why the code at a place runs on the event loop, or does not. Paths are URIs. */
export const registerWhyHere: Feature = (session, sources) => {
  const { connection } = session;
  connection.onRequest(whyHereRequest, async ({ textDocument, position }) => {
    const analysis = await session.analysis;
    if (analysis === undefined) return null;
    sources.flush(analysis.workspace);
    try {
      return analysis.workspace.whyHere(keyOf(textDocument.uri), position);
    } catch (error) {
      logFailure(connection, 'why here', error);
      return null;
    }
  });
  return { experimental: { whyHere: true } };
};
