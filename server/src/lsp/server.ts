import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import { keep, registerBaseline } from './baseline.ts';
import { registerCallHierarchy } from './callHierarchy.ts';
import { registerCodeActions } from './codeActions.ts';
import { registerConfiguration } from './configuration.ts';
import { registerConfigurationMistakes } from './configurationMistakes.ts';
import type { ServerDeps } from './deps.ts';
import { registerDiagnostics } from './diagnostics.ts';
import { registerDocuments } from './documents.ts';
import { registerExercise } from './exercise.ts';
import { registerFindings } from './findings.ts';
import { registerRouteSymbols } from './routeSymbols.ts';
import { createSession, type Session } from './session.ts';
import { createSources, type Sources } from './sources.ts';
import { registerWatching } from './watching.ts';
import { registerWhyHere } from './whyHere.ts';

/** Registers its handlers and gives what it adds to the server's capabilities. */
export type Feature = (session: Session, sources: Sources) => ServerCapabilities;

const features: readonly Feature[] = [
  registerDocuments,
  registerConfiguration,
  registerConfigurationMistakes,
  registerWatching,
  registerBaseline,
  registerDiagnostics,
  registerCodeActions,
  registerCallHierarchy,
  registerWhyHere,
  registerRouteSymbols,
  registerExercise,
  registerFindings,
];

/** Serves one client on `connection` until it says `exit`. */
export function startServer(connection: Connection, deps: ServerDeps): void {
  let session: Session | undefined;
  connection.onInitialize((params) => {
    const started = createSession(connection, deps, params);
    session = started;
    keep(started, params.initializationOptions?.kept);
    const sources = createSources(started);
    const capabilities = features.map((register) => register(started, sources)).reduce(merge);
    return { capabilities, serverInfo: { name: 'FastAPI Mentor', version: deps.version } };
  });
  connection.onInitialized(() => session?.initialized.emit());
  connection.listen();
}

function merge(left: ServerCapabilities, right: ServerCapabilities): ServerCapabilities {
  return { ...left, ...right, workspace: { ...left.workspace, ...right.workspace } };
}
