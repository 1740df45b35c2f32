import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import {
  AbstractMessageWriter,
  type ClientCapabilities,
  type ConfigurationParams,
  createMessageConnection,
  type InitializeResult,
  type MessageConnection,
  type MessageWriter,
  type Message as ProtocolMessage,
  StreamMessageReader,
} from 'vscode-languageserver-protocol/node';

/** Something that the server said of its own accord. */
export interface Message {
  readonly method: string;
  readonly params: unknown;
}

export interface TestClient {
  readonly connection: MessageConnection;
  readonly initialized: InitializeResult;
  uri(file: string): string;
  write(file: string, text: string): void;
  remove(file: string): void;
  open(file: string, text: string, version?: number): Promise<void>;
  /** What is sent while `act` runs reaches the server in one piece, so that it sees all of it at once. */
  atOnce(act: () => void): void;
  /** The next message with this method, which has then been accounted for; waits until there is one. */
  next(method: string): Promise<unknown>;
  /** The messages that nobody has asked for, by method. */
  unaccounted(): readonly string[];
  /** Says `shutdown` and `exit`; gives the exit code of the process. */
  stop(): Promise<number | null>;
  /** Ends the process, whatever state it is in. */
  kill(): void;
}

export interface ClientSetup {
  readonly server: string;
  readonly capabilities: ClientCapabilities;
  readonly files?: Readonly<Record<string, string>>;
  readonly initializationOptions?: unknown;
  readonly locale?: string;
  /** What the client's setting `fastapiMentor` is, in a folder when there is one. */
  readonly settings?: (scopeUri?: string) => unknown;
  /** Answers requests that the server makes, by method; the others get `null`. */
  readonly answers?: Readonly<Record<string, (params: unknown) => unknown>>;
  /** Another folder than the one on the disk. */
  readonly folderUri?: string | null;
}

/** Everything that a modern client says it can do, as far as the server asks. */
export const pullCapabilities: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    diagnostic: {
      dynamicRegistration: true,
      relatedDocumentSupport: true,
      relatedInformation: true,
    },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
  },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  window: { workDoneProgress: true },
};

/** Starts the bundled server over stdio on a folder with `files` and initializes it. */
export async function startClient(setup: ClientSetup): Promise<TestClient> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-lsp-')));
  const write = (file: string, text: string) => {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  };
  for (const [file, text] of Object.entries(setup.files ?? {})) write(file, text);
  const server = spawn(process.execPath, [setup.server, '--stdio'], { cwd: folder });
  const { connection, stderr, atOnce } = connect(server);
  const mailbox = receive(connection, setup);
  const uri = (file: string) => pathToFileURL(path.join(folder, file)).toString();
  connection.listen();

  const folderUri =
    setup.folderUri === undefined ? pathToFileURL(folder).toString() : setup.folderUri;
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: folderUri,
    workspaceFolders: folderUri === null ? null : [{ uri: folderUri, name: 'test' }],
    capabilities: setup.capabilities,
    ...(setup.locale === undefined ? {} : { locale: setup.locale }),
    initializationOptions: setup.initializationOptions,
  });
  await connection.sendNotification('initialized', {});

  const kill = () => {
    connection.dispose();
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    connection,
    initialized,
    uri,
    atOnce,
    write,
    remove: (file) => rmSync(path.join(folder, file), { recursive: true }),
    open: (file, text, version = 1) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(file), languageId: 'python', version, text },
      }),
    ...mailbox,
    async stop() {
      const exited = once(server, 'exit');
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const [code] = await exited;
      if (stderr.text !== '') throw new Error(`the server wrote to stderr: ${stderr.text}`);
      kill();
      return code;
    },
    kill,
  };
}

function connect(server: ChildProcess) {
  if (server.stdin === null || server.stdout === null) throw new Error('no pipes');
  const stderr = { text: '' };
  server.stderr?.setEncoding('utf8').on('data', (data) => {
    stderr.text += data;
  });
  const { stdin } = server;
  const { writer, atOnce } = createWriter((frame) => stdin.write(frame));
  const connection = createMessageConnection(new StreamMessageReader(server.stdout), writer);
  return { connection, stderr, atOnce };
}

/** Frames messages as the protocol's own writer does, which sends each in pieces of its own time. */
function createWriter(send: (frame: string) => void) {
  let held: string[] | undefined;
  class Writer extends AbstractMessageWriter implements MessageWriter {
    async write(message: ProtocolMessage): Promise<void> {
      const body = JSON.stringify(message);
      const frame = `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
      if (held === undefined) send(frame);
      else held.push(frame);
    }
    end() {}
  }
  const atOnce = (act: () => void) => {
    held = [];
    act();
    send(held.join(''));
    held = undefined;
  };
  return { writer: new Writer(), atOnce };
}

/** Keeps what the server says until somebody asks for it. */
function receive(connection: MessageConnection, setup: ClientSetup) {
  const messages: Message[] = [];
  const waiting: { method: string; resolve: (params: unknown) => void }[] = [];
  const arrived = (method: string, params: unknown) => {
    const index = waiting.findIndex((each) => each.method === method);
    if (index === -1) messages.push({ method, params });
    else waiting.splice(index, 1)[0]?.resolve(params);
  };
  connection.onNotification((method, params) => arrived(method, params));
  connection.onUnhandledProgress((params) => arrived('$/progress', params));
  connection.onRequest((method, params) => {
    arrived(method, params);
    if (method === 'workspace/configuration') {
      const { items } = params as ConfigurationParams;
      return items.map(({ scopeUri }) => setup.settings?.(scopeUri) ?? null);
    }
    return setup.answers?.[method]?.(params) ?? null;
  });
  return {
    next(method: string): Promise<unknown> {
      const index = messages.findIndex((each) => each.method === method);
      if (index !== -1) return Promise.resolve(messages.splice(index, 1)[0]?.params);
      return new Promise((resolve) => waiting.push({ method, resolve }));
    },
    unaccounted: () => messages.map(({ method }) => method),
  };
}
