/** Servers are started and stopped one after the other: two at once would say everything twice. */
import { beforeEach, expect, test, vi } from 'vitest';
import * as vscode from 'vscode';
import { activateWith, type CreateClient } from './activate.ts';
import type { Context } from './host.ts';

const { commands, opened, stub } = vi.hoisted(() => {
  const commands = new Map<string, () => Promise<void>>();
  const opened: ((document: unknown) => void)[] = [];
  /** Whatever of the editor is not asked about here: it can be called, made and looked into. */
  const stub = (own: Record<string, unknown> = {}): unknown =>
    new Proxy(() => {}, {
      get: (_, key) =>
        key in own
          ? own[String(key)]
          : key === 'then' || typeof key === 'symbol'
            ? undefined
            : stub(),
      set: () => true,
      apply: () => stub(),
      construct: () => stub() as object,
    });
  return { commands, opened, stub };
});

vi.mock('vscode', () => ({
  window: stub(),
  languages: stub({ getDiagnostics: () => [] }),
  commands: {
    registerCommand: (name: string, run: () => Promise<void>) => {
      commands.set(name, run);
      return { dispose() {} };
    },
    executeCommand: async () => undefined,
  },
  workspace: stub({
    textDocuments: [],
    onDidOpenTextDocument: (listener: (document: unknown) => void) => {
      opened.push(listener);
      return { dispose() {} };
    },
  }),
  Disposable: { from: () => ({ dispose() {} }) },
  EventEmitter: stub(),
  l10n: { t: (text: string) => text },
  LanguageStatusSeverity: {},
  ProgressLocation: {},
  Uri: stub(),
  ViewColumn: {},
  env: { language: 'en' },
}));
vi.mock('./getStarted.ts', () => ({ registerGetStarted: () => ({ dispose() {} }) }));
vi.mock('./learn/learn.ts', () => ({
  registerLearning: async () => ({ attach() {}, dispose() {} }),
}));
vi.mock('vscode-languageclient', () => ({ State: { Stopped: 1, Running: 2, Starting: 3 } }));

let running = 0;
let most = 0;
const none = { dispose() {} };
const createClient: CreateClient = async () => ({
  onRequest: () => none,
  onNotification: () => none,
  onDidChangeState: () => none,
  sendRequest: () => Promise.reject(new Error('nothing is asked of it here')),
  sendNotification: async () => {},
  async start() {
    running++;
    most = Math.max(most, running);
  },
  async dispose() {
    await Promise.resolve();
    running--;
  },
});

/** Remembers nothing: nothing is to be remembered here. */
class Forgetful {
  get<T>(key: string): T | undefined;
  get<T>(key: string, otherwise: T): T;
  get<T>(_: string, otherwise?: T): T | undefined {
    return otherwise;
  }
  keys = () => [];
  update = async () => {};
  setKeysForSync() {}
}

beforeEach(() => {
  running = 0;
  most = 0;
});

test('restarted before any Python file, then twice at once, then stopped', async () => {
  const context: Context = {
    subscriptions: [],
    workspaceState: new Forgetful(),
    globalState: new Forgetful(),
    extensionUri: vscode.Uri.file('/extension'),
  };
  const stop = await activateWith(context, createClient);
  const restart = commands.get('fastapiMentor.restart');
  if (restart === undefined) throw new Error(`no such command among ${[...commands.keys()]}`);
  expect(running).toBe(0);
  await restart();
  expect(running).toBe(1);
  for (const listener of opened) listener({ languageId: 'python', uri: {}, getText: () => '' });
  await Promise.all([restart(), restart()]);
  expect([running, most]).toEqual([1, 1]);
  await stop();
  expect(running).toBe(0);
});
