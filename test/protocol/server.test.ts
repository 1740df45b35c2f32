import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type CodeAction,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  type PublishDiagnosticsParams,
  type RegistrationParams,
} from 'vscode-languageserver-protocol';
import { buildWithFake } from '../fake/build.ts';
import { type ClientSetup, pullCapabilities, startClient, type TestClient } from './client.ts';

let server: string;
let client: TestClient;

beforeAll(async () => {
  ({ server } = await buildWithFake('protocol'));
});
afterEach(() => client.kill());

const options = { commands: ['fastapiMentor.showRule'], status: true };

async function start(setup: Partial<ClientSetup> = {}) {
  client = await startClient({
    server,
    capabilities: pullCapabilities,
    initializationOptions: options,
    ...setup,
  });
  return client;
}

/** Starts a pull client and accounts for what every start brings; the folder has been read by then. */
async function startLoaded(setup: Partial<ClientSetup> = {}) {
  await start(setup);
  await client.next('client/registerCapability');
  await client.next('client/registerCapability');
  await client.next('workspace/configuration');
  expect(await client.next('fastapiMentor/status')).toMatchObject({ state: 'loading' });
  expect(await client.next('fastapiMentor/status')).toMatchObject({ state: 'ready' });
  return client;
}

const pull = (file: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
  client.connection.sendRequest('textDocument/diagnostic', {
    textDocument: { uri: client.uri(file) },
    ...(previousResultId === undefined ? {} : { previousResultId }),
  });

async function items(file: string) {
  const report = await pull(file);
  if (report.kind !== 'full') throw new Error('expected a full report');
  return report.items;
}

const edit = (file: string, version: number, ...contentChanges: object[]) =>
  client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: client.uri(file), version },
    contentChanges,
  });

const range = (line: number, start: number, end: number, endLine = line) => ({
  start: { line, character: start },
  end: { line: endLine, character: end },
});

const watched = (file: string, type: 1 | 2 | 3) =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri(file), type }],
  });

/** Everything has been accounted for and the process ends well. */
async function end() {
  expect(client.unaccounted()).toEqual([]);
  expect(await client.stop()).toBe(0);
}

test('a session from initialize to exit', async () => {
  await startLoaded({ files: { 'a.py': 'x = 1\n' } });
  expect(client.initialized).toMatchObject({
    serverInfo: { name: 'FastAPI Mentor' },
    capabilities: {
      textDocumentSync: { openClose: true, change: 2 },
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false },
      codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll.fastapiMentor'] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  });
  await client.open('a.py', 'import time\ntime.sleep(1)\n');
  const report = await pull('a.py');
  expect(report).toMatchObject({
    kind: 'full',
    items: [
      {
        range: range(1, 0, 10),
        severity: 1,
        code: 'async/blocking-call',
        codeDescription: {
          href: 'https://github.com/fastapi-mentor/fastapi-mentor/blob/main/server/src/rules/async/blocking-call.md',
        },
        source: 'fastapi-mentor',
        message: '`time.sleep` blocks the event loop.',
      },
    ],
  });
  expect(await pull('a.py', report.resultId)).toEqual({
    kind: 'unchanged',
    resultId: report.resultId,
  });
  await edit('a.py', 2, { range: range(1, 0, 13), text: 'x' });
  expect(await items('a.py')).toEqual([]);
  await end();
});

describe('edits', () => {
  test('of many cursors, of nothing, at the end and of everything', async () => {
    await startLoaded();
    await client.open('a.py', 'one\ntwo\nthree\n');
    // As VS Code sends them, from the end to the start.
    await edit(
      'a.py',
      2,
      { range: range(2, 0, 5), text: 'time.sleep(3)' },
      { range: range(1, 0, 0), text: 'time.sleep(2)  # ' },
      { range: range(0, 3, 3), text: '; time.sleep(1)' },
    );
    expect((await items('a.py')).map((each) => each.range)).toEqual([
      range(0, 5, 15),
      range(1, 0, 10),
      range(2, 0, 10),
    ]);
    // Each after the other, overlapping.
    await edit(
      'a.py',
      3,
      { range: range(0, 0, 0, 3), text: '' },
      { range: range(0, 0, 0), text: 'a\r\nb\r\n' },
      { range: range(1, 99, 99), text: '; time.sleep(1)' },
      { range: range(99, 0, 0), text: 'time.sleep(1)' },
    );
    expect((await items('a.py')).map((each) => each.range)).toEqual([
      range(1, 3, 13),
      range(2, 0, 10),
    ]);
    await edit('a.py', 4, { text: 'time.sleep(1)' });
    expect(await items('a.py')).toHaveLength(1);
    await edit('a.py', 5);
    expect(await items('a.py')).toHaveLength(1);
    await end();
  });

  test('of a document that was never opened, and its closing, change nothing', async () => {
    await startLoaded();
    await edit('never.py', 2, { text: 'time.sleep(1)' });
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: client.uri('never.py') },
    });
    expect(await items('never.py')).toEqual([]);
    await end();
  });
});

describe('cancellation', () => {
  test('a pull that an edit overtakes is answered with ServerCancelled', async () => {
    await startLoaded();
    await client.open('a.py', 'time.sleep(1)\n');
    const source = new AbortController();
    const token = {
      isCancellationRequested: false,
      onCancellationRequested: (listener: (event: unknown) => unknown) => {
        source.signal.addEventListener('abort', listener);
        return { dispose: () => source.signal.removeEventListener('abort', listener) };
      },
    };
    let cancelled: Promise<unknown> = Promise.resolve();
    client.atOnce(() => {
      cancelled = client.connection.sendRequest(
        'textDocument/diagnostic',
        { textDocument: { uri: client.uri('a.py') } },
        token,
      );
      source.abort();
    });
    await expect(cancelled).rejects.toMatchObject({
      code: LSPErrorCodes.ServerCancelled,
      data: { retriggerRequest: true },
    });
    expect(await items('a.py')).toHaveLength(1);
    await end();
  });
});

describe('code actions', () => {
  const request = async (file: string, only?: string[]): Promise<CodeAction[]> =>
    client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: client.uri(file) },
      range: range(0, 0, 0),
      context: { diagnostics: await items(file), ...(only === undefined ? {} : { only }) },
    });

  test('mend the finding in the version that it speaks of, and show its rule', async () => {
    await startLoaded();
    await client.open('a.py', 'time.sleep(1)\n', 7);
    const [fix, rule, ...others] = await request('a.py');
    expect(others.map(({ title }) => title)).toEqual([
      'Ignore async/blocking-call on this line',
      'Ignore async/blocking-call in this file',
    ]);
    expect(fix).toMatchObject({
      title: 'Use `await asyncio.sleep`',
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'async/blocking-call' }],
      edit: {
        documentChanges: [
          {
            textDocument: { uri: client.uri('a.py'), version: 7 },
            edits: [{ range: range(0, 0, 10), newText: 'await asyncio.sleep' }],
          },
        ],
      },
    });
    expect(rule).toMatchObject({
      title: 'Show rule: async/blocking-call',
      command: { command: 'fastapiMentor.showRule', arguments: ['async/blocking-call'] },
    });
    expect(await request('a.py', ['source.organizeImports'])).toEqual([]);
    expect(await request('a.py', ['quickfix'])).toHaveLength(4);
    await end();
  });

  test('offer no edit made for a text that has moved on', async () => {
    await startLoaded();
    await client.open('a.py', 'time.sleep(1)\n', 1);
    const stale = await items('a.py');
    await edit('a.py', 2, { range: range(0, 0, 0), text: '\n' });
    const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: client.uri('a.py') },
      range: range(0, 0, 0),
      context: { diagnostics: stale },
    });
    expect(actions.map(({ title }) => title)).toEqual(['Show rule: async/blocking-call']);
    await end();
  });

  test('do not believe foreign or damaged data', async () => {
    await startLoaded();
    await client.open('a.py', 'x\n');
    const own = { source: 'fastapi-mentor', code: 'a/b', range: range(0, 0, 1), message: 'm' };
    const diagnostics = [
      { ...own, source: 'other', data: { fix: { title: 't', edits: [] } } },
      { ...own, data: { fix: { title: 't', edits: [{ range: 3 }] } } },
      { ...own, data: 'text' },
      { ...own, data: null },
    ];
    await pull('a.py');
    const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: client.uri('a.py') },
      range: range(0, 0, 0),
      context: { diagnostics },
    });
    const made = actions.filter(({ edit }) => edit !== undefined);
    expect(made.every(({ title }) => title.startsWith('Ignore a/b '))).toBe(true);
    await end();
  });

  test('another editor gets plain changes and no command of ours', async () => {
    await startLoaded({
      capabilities: {
        ...pullCapabilities,
        workspace: { ...pullCapabilities.workspace, workspaceEdit: {} },
      },
      initializationOptions: { status: true },
    });
    await client.open('a.py', 'time.sleep(1)\n');
    const actions = await request('a.py');
    expect(actions.every(({ command }) => command === undefined)).toBe(true);
    expect(Object.keys(actions[0]?.edit?.changes ?? {})).toEqual([client.uri('a.py')]);
    await end();
  });
});

describe('the files of the workspace', () => {
  const uses = { 'app/a.py': 'uses(b)\n', 'app/b.py': 'defines(b)\n' };

  test('are read in the background; an open document wins over its file', async () => {
    await startLoaded({ files: uses });
    await client.open('app/a.py', 'uses(b)\nuses(c)\n');
    expect(await items('app/a.py')).toMatchObject([
      {
        code: 'routing/used',
        severity: 2,
        relatedInformation: [{ location: { uri: client.uri('app/b.py') } }],
      },
    ]);
    await client.open('app/b.py', 'defines(c)\n');
    expect((await items('app/a.py')).map((each) => each.message)).toEqual(['`c` is used.']);
    // What is open does not heed the disk.
    client.write('app/b.py', 'defines(b)\ndefines(c)\n');
    await watched('app/b.py', 2);
    expect(await client.next('fastapiMentor/status')).toMatchObject({ files: 2 });
    expect(await items('app/a.py')).toHaveLength(1);
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: client.uri('app/b.py') },
    });
    // The disk's text is back; the client has to be told.
    await client.next('workspace/diagnostic/refresh');
    expect(await items('app/a.py')).toHaveLength(2);
    await end();
  });

  test('an edit that changes another open document asks the client to pull again', async () => {
    await startLoaded({ files: uses });
    await client.open('app/a.py', 'uses(b)\n');
    await client.open('app/b.py', 'defines(b)\n');
    expect(await items('app/a.py')).toHaveLength(1);
    expect(await items('app/b.py')).toHaveLength(0);
    await edit('app/b.py', 2, { text: 'nothing\n' });
    expect(await items('app/b.py')).toHaveLength(0);
    await client.next('workspace/diagnostic/refresh');
    expect(await items('app/a.py')).toHaveLength(0);
    await end();
  });

  test('come, change and go', async () => {
    await startLoaded({ files: { ...uses, '.gitignore': 'gen.py\n' } });
    await client.open('app/a.py', 'uses(b)\n');
    expect(await items('app/a.py')).toHaveLength(1);

    client.remove('app/b.py');
    await watched('app/b.py', 3);
    expect(await client.next('fastapiMentor/status')).toMatchObject({ files: 1 });
    await client.next('workspace/diagnostic/refresh');
    expect(await items('app/a.py')).toHaveLength(0);

    client.write('app/gen.py', 'defines(b)\n');
    await watched('app/gen.py', 1);
    expect(await client.next('fastapiMentor/status')).toMatchObject({ files: 1 });

    client.write('app/new/deep/c.py', 'defines(b)\n');
    await watched('app/new/deep/c.py', 1);
    expect(await client.next('fastapiMentor/status')).toMatchObject({ files: 2 });
    await client.next('workspace/diagnostic/refresh');
    expect(await items('app/a.py')).toHaveLength(1);

    client.remove('app/new');
    await watched('app/new', 3);
    expect(await client.next('fastapiMentor/status')).toMatchObject({ files: 1 });
    await client.next('workspace/diagnostic/refresh');
    expect(await items('app/a.py')).toHaveLength(0);
    await end();
  });

  test('versions are found and followed', async () => {
    await startLoaded({ files: { 'a.py': 'unpinned\n' } });
    await client.open('a.py', 'unpinned\n');
    expect(await items('a.py')).toMatchObject([{ severity: 4 }]);
    client.write('requirements.txt', 'fastapi<0.116\n');
    await watched('requirements.txt', 1);
    expect(await client.next('fastapiMentor/status')).toEqual({
      state: 'ready',
      files: 1,
      parser: 'fake',
      versions: [{ name: 'fastapi', version: '<0.116', exact: false }],
    });
    await client.next('workspace/diagnostic/refresh');
    expect(await items('a.py')).toEqual([]);
    await end();
  });

  test('notes about them are logged without their text', async () => {
    await startLoaded({ files: { 'bad.py': 'password = "hunter2"\0' } });
    expect(await client.next('window/logMessage')).toMatchObject({
      type: 3,
      message: expect.stringMatching(/bad\.py: it is binary$/),
    });
    await end();
  });

  test('reading many of them shows progress', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 250 }, (_, index) => [`m${index}.py`, 'x = 1\n']),
    );
    await start({ files: many });
    await client.next('window/workDoneProgress/create');
    expect(await client.next('$/progress')).toMatchObject({ value: { kind: 'begin' } });
    let value: { kind?: string } = {};
    while (value.kind !== 'end') {
      ({ value } = (await client.next('$/progress')) as { value: { kind: string } });
    }
    await client.next('fastapiMentor/status');
    expect(await client.next('fastapiMentor/status')).toMatchObject({ state: 'ready', files: 250 });
  });

  test('folders may come and go', async () => {
    await startLoaded({ files: { 'one/a.py': 'x\n', 'two/b.py': 'x\n' }, folderUri: null });
    const folder = (name: string) => ({ uri: client.uri(name), name });
    const change = (added: object[], removed: object[]) =>
      client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added, removed },
      });
    await change([folder('one'), folder('two')], []);
    expect(await client.next('fastapiMentor/status')).toMatchObject({ state: 'loading' });
    expect(await client.next('fastapiMentor/status')).toMatchObject({ state: 'ready', files: 2 });
    await change([], [folder('one')]);
    expect(await client.next('fastapiMentor/status')).toMatchObject({ state: 'loading' });
    expect(await client.next('fastapiMentor/status')).toMatchObject({ state: 'ready', files: 1 });
    // Each folder has settings of its own.
    await client.next('workspace/configuration');
    await client.next('workspace/configuration');
    await end();
  });

  test('that only the client can read are read through it', async () => {
    const base64 = Buffer.from('defines(b)\n').toString('base64');
    const asked: unknown[] = [];
    await startLoaded({
      folderUri: 'vscode-vfs://github/owner/repo',
      initializationOptions: { ...options, fileSystem: true },
      answers: {
        'fastapiMentor/readDirectory': (params) => {
          asked.push(params);
          return [{ name: 'b c.py', type: 'file' }];
        },
        'fastapiMentor/stat': () => ({ type: 'file', size: 11 }),
        'fastapiMentor/readFile': () => ({ base64 }),
      },
    });
    const uri = 'vscode-vfs://github/owner/repo/a.py';
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'python', version: 1, text: 'uses(b)\n' },
    });
    const report: DocumentDiagnosticReport = await client.connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri } },
    );
    expect(report).toMatchObject({
      items: [
        {
          relatedInformation: [{ location: { uri: 'vscode-vfs://github/owner/repo/b%20c.py' } }],
        },
      ],
    });
    expect(asked[0]).toEqual({ uri: 'vscode-vfs://github/owner/repo' });
  });
});

describe('languages', () => {
  const message = async () => (await items('a.py'))[0]?.message;

  test('follow the locale, and a setting that changes', async () => {
    let settings: unknown = { language: 'auto' };
    await startLoaded({ locale: 'ko', settings: () => settings });
    await client.open('a.py', 'time.sleep(1)\n');
    expect(await message()).toContain('이벤트 루프');
    settings = { language: 'en' };
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: null,
    });
    await client.next('workspace/configuration');
    await client.next('workspace/diagnostic/refresh');
    expect(await message()).toBe('`time.sleep` blocks the event loop.');
    await end();
  });
});

describe('a client that cannot pull', () => {
  const capabilities = {
    textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
  };
  const published = async () =>
    (await client.next('textDocument/publishDiagnostics')) as PublishDiagnosticsParams;

  test('is sent what it did not ask for, once', async () => {
    await start({
      capabilities,
      initializationOptions: undefined,
      files: { 'b.py': 'defines(b)\n' },
    });
    expect(client.initialized.capabilities.diagnosticProvider).toBeUndefined();
    await client.open('a.py', 'time.sleep(1)\n', 3);
    expect(await published()).toMatchObject({
      uri: client.uri('a.py'),
      version: 3,
      diagnostics: [{ code: 'async/blocking-call' }],
    });
    await client.open('c.py', 'uses(b)\n');
    expect(await published()).toMatchObject({
      uri: client.uri('c.py'),
      diagnostics: [{ code: 'routing/used' }],
    });
    await edit('a.py', 4, { text: '' });
    expect(await published()).toMatchObject({
      uri: client.uri('a.py'),
      version: 4,
      diagnostics: [],
    });
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: client.uri('c.py') },
    });
    expect(await published()).toEqual({ uri: client.uri('c.py'), diagnostics: [] });
    await end();
  });
});

describe('what a user typed never ends the server', () => {
  test('an analysis that throws is logged without text, and finds nothing', async () => {
    await startLoaded();
    await client.open('a.py', 'secret = "hunter2" # crash!\n');
    expect(await items('a.py')).toEqual([]);
    const log = (await client.next('window/logMessage')) as { type: number; message: string };
    expect(log.type).toBe(1);
    expect(log.message).toMatch(/^the analysis of a file failed: Error\n\s+at /);
    expect(log.message).not.toContain('crashed');
    await edit('a.py', 2, { text: 'time.sleep(1)' });
    expect(await items('a.py')).toHaveLength(1);
    await end();
  });

  test('odd URIs are answered', async () => {
    await startLoaded();
    for (const uri of ['untitled:Untitled-1', 'file:///', 'nonsense', 'file:///%zz/a.py', '']) {
      await client.connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'python', version: 1, text: 'time.sleep(1)' },
      });
      const report: DocumentDiagnosticReport = await client.connection.sendRequest(
        'textDocument/diagnostic',
        { textDocument: { uri } },
      );
      expect(report).toMatchObject({ items: [{ code: 'async/blocking-call' }] });
    }
    await end();
  });

  test("a spelling of a URI that is not VS Code's is the same file", async () => {
    await startLoaded({ files: { 'a(b)/c.py': 'uses(x)\n', 'd.py': 'defines(x)' } });
    const uri = client.uri('a(b)/c.py');
    expect(uri).toContain('a(b)');
    await client.open('a(b)/c.py', 'uses(x)\n', 1);
    await client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: client.uri('d.py'), languageId: 'python', version: 1, text: '' },
    });
    expect(await items('a(b)/c.py')).toEqual([]);
    await end();
  });

  test('the registrations watch Python files and manifests', async () => {
    await start();
    const registrations = [
      (await client.next('client/registerCapability')) as RegistrationParams,
      (await client.next('client/registerCapability')) as RegistrationParams,
    ].flatMap((each) => each.registrations.map(({ method }) => method));
    expect(registrations.sort()).toEqual([
      'workspace/didChangeConfiguration',
      'workspace/didChangeWatchedFiles',
    ]);
  });
});
