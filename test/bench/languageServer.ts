/** Any language server over stdio: as little as it takes to edit a file and to be told of its findings. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

export interface Change {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly text: string;
}

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface LanguageServer {
  /** How it tells of its findings. */
  readonly mode: 'pull' | 'push';
  /** Opens a document; milliseconds until its findings have arrived, and how many these are. */
  open(uri: string, text: string): Promise<Answer>;
  change(uri: string, change: Change): Promise<Answer>;
  memory(): Memory;
  stop(): Promise<void>;
}

export interface Answer {
  readonly time: number;
  readonly findings: number;
}

export type Memory = { readonly rss: number; readonly peak: number } | { readonly skipped: string };

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: {
    readonly uri?: string;
    readonly version?: number;
    readonly diagnostics?: unknown[];
  };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** How long a server may think about one thing. */
const PATIENCE = 120_000;

/** Starts `command`, or our own server where it is a list. */
export async function startLanguageServer(
  command: string | readonly string[],
  folder: string,
): Promise<LanguageServer> {
  const wire = connect(command, folder);
  const rootUri = pathToFileURL(folder).toString();
  const initialized = await wire.request('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'bench' }],
    capabilities: {
      general: { positionEncodings: ['utf-16'] },
      textDocument: {
        diagnostic: { dynamicRegistration: false },
        publishDiagnostics: { versionSupport: true },
      },
      workspace: { workspaceFolders: true },
    },
  });
  wire.notify('initialized', {});
  const mode = hasProvider(initialized) ? 'pull' : 'push';
  const versions = new Map<string, number>();

  const told = async (uri: string, version: number, say: () => void): Promise<Answer> => {
    const pushed = mode === 'push' ? wire.published(uri, version) : undefined;
    const started = performance.now();
    say();
    const result =
      pushed === undefined
        ? countOf(await wire.request('textDocument/diagnostic', { textDocument: { uri } }))
        : await pushed;
    return { time: performance.now() - started, findings: result };
  };

  return {
    mode,
    open(uri, text) {
      versions.set(uri, 1);
      const textDocument = { uri, languageId: 'python', version: 1, text };
      return told(uri, 1, () => wire.notify('textDocument/didOpen', { textDocument }));
    },
    change(uri, change) {
      const version = (versions.get(uri) ?? 1) + 1;
      versions.set(uri, version);
      const params = { textDocument: { uri, version }, contentChanges: [change] };
      return told(uri, version, () => wire.notify('textDocument/didChange', params));
    },
    memory: () => memoryOf(wire.process),
    async stop() {
      const ended = new Promise((resolve) => wire.process.once('exit', resolve));
      await wire.request('shutdown', undefined);
      wire.notify('exit', undefined);
      await ended;
    },
  };
}

function hasProvider(result: unknown): boolean {
  if (typeof result !== 'object' || result === null || !('capabilities' in result)) return false;
  const { capabilities } = result;
  return (
    typeof capabilities === 'object' &&
    capabilities !== null &&
    'diagnosticProvider' in capabilities &&
    Boolean(capabilities.diagnosticProvider)
  );
}

function countOf(report: unknown): number {
  if (typeof report !== 'object' || report === null || !('items' in report)) return 0;
  return Array.isArray(report.items) ? report.items.length : 0;
}

function connect(command: string | readonly string[], folder: string) {
  const [program = '', ...args] =
    typeof command === 'string' ? command.split(' ').filter(Boolean) : command;
  const child = spawn(program, args, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting = new Map<number, (message: Message) => void>();
  const publications = new Map<string, (version: number | undefined, count: number) => void>();
  let last = 0;

  const send = (message: object) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  };
  readMessages(child, (message) => {
    if (message.method === undefined) {
      if (typeof message.id === 'number') waiting.get(message.id)?.(message);
    } else if (message.id !== undefined) {
      send({ id: message.id, result: answerTo(message) });
    } else if (message.method === 'textDocument/publishDiagnostics') {
      const { uri = '', version, diagnostics = [] } = message.params ?? {};
      publications.get(uri)?.(version, diagnostics.length);
    }
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
  });
  failed.catch(() => undefined);
  const inTime = async <T>(what: string, answer: Promise<T>): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${program}: no answer to ${what}`)), PATIENCE);
    });
    try {
      return await Promise.race([answer, failed, late]);
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    process: child,
    notify: (method: string, params: unknown) => send({ method, params }),
    async request(method: string, params: unknown): Promise<unknown> {
      const id = ++last;
      const answered = new Promise<Message>((resolve) => waiting.set(id, resolve));
      send({ id, method, params });
      const { result, error } = await inTime(method, answered);
      waiting.delete(id);
      if (error !== undefined) throw new Error(`${method}: ${error.message}`);
      return result;
    },
    /** How many findings are sent next for this version of a document. */
    published(uri: string, wanted: number): Promise<number> {
      const arrived = new Promise<number>((resolve) =>
        publications.set(uri, (version, count) => {
          if (version === undefined || version >= wanted) resolve(count);
        }),
      );
      return inTime('textDocument/didChange', arrived);
    },
  };
}

function answerTo({ method, params }: Message): unknown {
  if (method !== 'workspace/configuration') return null;
  const items = params !== undefined && 'items' in params ? params.items : [];
  return Array.isArray(items) ? items.map(() => ({})) : [];
}

function readMessages(child: ChildProcess, receive: (message: Message) => void): void {
  let pending: Buffer = Buffer.alloc(0);
  child.stdout?.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(pending.toString('latin1', 0, end))?.[1]);
      if (pending.length < end + 4 + length) return;
      const message: Message = JSON.parse(pending.toString('utf8', end + 4, end + 4 + length));
      pending = pending.subarray(end + 4 + length);
      receive(message);
    }
  });
}

/** In bytes; the process itself, not its children. */
function memoryOf(child: ChildProcess): Memory {
  if (process.platform !== 'linux') return { skipped: 'only Linux tells of another process' };
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024;
  return { rss: read('VmRSS'), peak: read('VmHWM') };
}
