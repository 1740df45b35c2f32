import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver';
import type { ListedApplication } from '../engine/routes.ts';
import { titleOf } from '../fastapi/served.ts';
import type { Feature } from './server.ts';
import { logFailure } from './session.ts';

/** Routes in the editor's search for symbols, as they are served: `GET /users/{user_id}` leads to its handler. */
export const registerRouteSymbols: Feature = (session, sources) => {
  const { connection, client } = session;
  if (client.workspace?.symbol === undefined) return {};

  connection.onWorkspaceSymbol(async ({ query }): Promise<WorkspaceSymbol[]> => {
    const analysis = await session.analysis;
    // A file that is not read yet may add a prefix to any of them.
    if (analysis === undefined || !session.isLoaded) return [];
    sources.flush(analysis.workspace);
    try {
      return symbolsOf(analysis.workspace.applications(), query);
    } catch (error) {
      logFailure(connection, 'listing routes', error);
      return [];
    }
  });
  return { workspaceSymbolProvider: true };
};

function symbolsOf(applications: readonly ListedApplication[], query: string): WorkspaceSymbol[] {
  // Two applications may serve the same.
  const found = new Map<string, WorkspaceSymbol>();
  for (const { app, routes } of applications) {
    for (const route of routes) {
      // What is mounted has routes of its own, or none that are known.
      if (route.location === null || route.kind === 'mount') continue;
      const name = titleOf(route);
      if (!fits(name, query)) continue;
      const { path, range } = route.location;
      const key = `${name} ${path} ${range.start.line} ${range.start.character}`;
      if (found.has(key)) continue;
      const location = { uri: path, range };
      const containerName = route.handler ?? app;
      found.set(key, { name, kind: SymbolKind.Event, containerName, location });
    }
  }
  return [...found.values()];
}

/** Whether the letters come in this order, as editors search: the editor itself says which fits best. */
function fits(name: string, query: string): boolean {
  const lower = name.toLowerCase();
  let from = 0;
  for (const letter of query.toLowerCase().replace(/\s/g, '')) {
    from = lower.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
