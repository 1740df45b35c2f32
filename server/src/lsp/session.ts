import type { ClientCapabilities, Connection, InitializeParams } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Diagnostic } from '../engine/diagnostic.ts';
import { type AcceptedStore, createAccepted, hideAccepted } from './accepted.ts';
import { type Configurations, createConfigurations } from './configurations.ts';
import type { Analysis, Language, ServerDeps } from './deps.ts';
import type { Unfolded } from './folding.ts';
import type { OpenDocument } from './textDocument.ts';

/** What a client of ours says about itself at the start; another one says nothing. */
export interface ClientOptions {
  /** Commands that a code action may name. */
  readonly commands: readonly string[];
  /** Whether it shows `fastapiMentor/status`. */
  readonly status: boolean;
  /** Whether it answers `fastapiMentor/readFile` and its like. */
  readonly fileSystem: boolean;
}

/** What the features of one running server share. */
export interface Session {
  readonly connection: Connection;
  readonly deps: ServerDeps;
  readonly client: ClientCapabilities;
  readonly clientOptions: ClientOptions;
  readonly folders: readonly string[];
  /** Open documents by the key of their URI. */
  readonly documents: Map<string, OpenDocument>;
  /** What the client knows of the findings of its open documents, by the same keys. */
  readonly diagnosed: Map<string, Diagnosed>;
  readonly configurations: Configurations;
  /** What the client was told of mistakes in files that configure, by their keys. */
  readonly sentMistakes: Map<
    string,
    { readonly said: string; readonly version: number | undefined }
  >;
  /** Undefined when the analysis could not be started; that has been said by then. */
  readonly analysis: Promise<Analysis | undefined>;
  /** Of `InitializeParams.locale`. */
  readonly locale: string;
  /** Of the messages; the configuration feature may change it. */
  language: Language;
  /** What is accepted as it is; only what is new is told. */
  readonly accepted: AcceptedStore;
  /** Which folders want every quiet finding told, and which there are; the configuration feature may change it. */
  unfolded: Unfolded;
  folderKeys: readonly string[];
  /** Whether every file of the folders has been read. */
  isLoaded: boolean;
  readonly initialized: Signal;
  /** Findings may be other than they were, in any file. */
  readonly changed: Signal;
}

/** The version of a document that the client's findings speak of, and the name of what they say. */
export interface Diagnosed {
  readonly uri: string;
  readonly version: number;
  readonly resultId: string;
}

/** Calls its listeners in the order in which they came. */
export interface Signal {
  listen(listener: () => void): void;
  emit(): void;
}

export function createSession(
  connection: Connection,
  deps: ServerDeps,
  params: InitializeParams,
): Session {
  const locale = params.locale ?? 'en';
  const documents = new Map<string, OpenDocument>();
  return {
    connection,
    deps,
    client: params.capabilities,
    clientOptions: readClientOptions(params.initializationOptions),
    folders: foldersOf(params),
    documents,
    diagnosed: new Map(),
    configurations: createConfigurations(documents, (message) => connection.console.warn(message)),
    sentMistakes: new Map(),
    analysis: startAnalysis(connection, deps),
    locale,
    language: languageOf(locale),
    accepted: createAccepted(),
    unfolded: new Set(),
    folderKeys: [],
    isLoaded: false,
    initialized: createSignal(),
    changed: createSignal(),
  };
}

export function languageOf(locale: string): Language {
  return /^ko\b/i.test(locale) ? 'ko' : 'en';
}

/** One spelling for a URI, whatever the client percent-encodes: what documents and files are kept by. */
export function keyOf(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    return uri;
  }
}

/** The findings of a file that are not accepted, in the session's language. An analysis that throws is logged and finds nothing. */
export function diagnose(session: Session, analysis: Analysis, key: string): readonly Diagnostic[] {
  try {
    return hideAccepted(session.accepted, key, analysis.workspace.diagnose(key)).map((each) =>
      analysis.localise(each, session.language),
    );
  } catch (error) {
    logFailure(session.connection, 'the analysis of a file', error);
    return [];
  }
}

/** Logs where something failed. The error's message may quote source text, so only its kind and its frames are kept. */
export function logFailure(connection: Connection, what: string, error: unknown): void {
  if (!(error instanceof Error)) {
    connection.console.error(`${what} failed`);
    return;
  }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  connection.console.error([`${what} failed: ${error.name}`, ...frames].join('\n'));
}

/** Runs something that nobody waits for; a failure is logged. */
export function inBackground(connection: Connection, what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => logFailure(connection, what, error));
}

async function startAnalysis(connection: Connection, deps: ServerDeps) {
  try {
    return await deps.createAnalysis((rule, error) =>
      logFailure(connection, `the rule ${rule}`, error),
    );
  } catch (error) {
    logFailure(connection, 'starting the analysis', error);
    connection.window.showErrorMessage('FastAPI Mentor could not start; see its output for why.');
    return undefined;
  }
}

function readClientOptions(given: unknown): ClientOptions {
  const options: Readonly<Record<string, unknown>> =
    typeof given === 'object' && given !== null ? { ...given } : {};
  const { commands, status, fileSystem } = options;
  return {
    commands: Array.isArray(commands) ? commands.filter((each) => typeof each === 'string') : [],
    status: status === true,
    fileSystem: fileSystem === true,
  };
}

function foldersOf(params: InitializeParams): readonly string[] {
  if (Array.isArray(params.workspaceFolders)) return params.workspaceFolders.map(({ uri }) => uri);
  return typeof params.rootUri === 'string' ? [params.rootUri] : [];
}

function createSignal(): Signal {
  const listeners: (() => void)[] = [];
  return {
    listen: (listener) => void listeners.push(listener),
    emit: () => {
      for (const listener of listeners) listener();
    },
  };
}
