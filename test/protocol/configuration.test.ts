import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol';
import { build } from '../../client/scripts/build.mjs';
import { type ClientSetup, pullCapabilities, startClient, type TestClient } from './client.ts';

/** The real analysis: whether its rules speak is what is asked here. */
const outdir = path.join('.cache', 'configuration');
const server = path.resolve(import.meta.dirname, '../..', outdir, 'server.node.cjs');

const app = `import time

import requests
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def read() -> int:
    time.sleep(1)
    requests.get("https://example.org")
    return 1
`;
const SLEEP = 'async/blocking-sleep';
const HTTP = 'async/blocking-http';

let client: TestClient;
beforeAll(() => build({ outdir }));
afterEach(() => client.kill());

async function start(setup: Partial<ClientSetup>) {
  client = await startClient({
    server,
    capabilities: pullCapabilities,
    initializationOptions: { status: true, commands: ['fastapiMentor.showRule'] },
    ...setup,
  });
}

async function startLoaded(setup: Partial<ClientSetup>) {
  await start(setup);
  await client.next('fastapiMentor/status');
  await client.next('fastapiMentor/status');
}

async function found(file = 'main.py'): Promise<unknown[]> {
  const report: DocumentDiagnosticReport = await client.connection.sendRequest(
    'textDocument/diagnostic',
    { textDocument: { uri: client.uri(file) } },
  );
  return 'items' in report ? report.items.map(({ code }) => code) : [];
}

const changed = () =>
  client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
const watched = (file: string, type: 1 | 2 | 3) =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri(file), type }],
  });
const published = async () =>
  (await client.next('textDocument/publishDiagnostics')) as PublishDiagnosticsParams;

const table = (body: string) => `[tool.fastapi-mentor]\n${body}\n`;

describe('settings', () => {
  test('a change of them is seen without an edit', async () => {
    let settings: unknown = {};
    await startLoaded({ files: { 'main.py': app }, settings: () => settings });
    await client.open('main.py', app);
    expect(await found()).toEqual([SLEEP, HTTP]);
    settings = { ignore: [HTTP] };
    await changed();
    await client.next('workspace/diagnostic/refresh');
    expect(await found()).toEqual([SLEEP]);
    settings = { preset: null, ignore: null };
    await changed();
    await client.next('workspace/diagnostic/refresh');
    expect(await found()).toEqual([SLEEP, HTTP]);
  });

  test('they hold from the first answer on', async () => {
    const files = { 'main.py': app, 'pyproject.toml': table(`ignore = ["${SLEEP}"]`) };
    await start({ files, settings: () => ({ levels: { [HTTP]: 'off' } }) });
    await client.open('main.py', app);
    expect(await found()).toEqual([]);
  });

  test('each folder has its own, over its pyproject.toml', async () => {
    const files = {
      'one/main.py': app,
      'one/pyproject.toml': table('ignore = ["async"]'),
      'two/main.py': app,
      'two/pyproject.toml': table(`levels = { "${HTTP}" = "off" }`),
    };
    await startLoaded({
      files,
      folderUri: null,
      settings: (scope) => (scope?.endsWith('/one') ? { ignore: [SLEEP] } : {}),
    });
    const added = ['one', 'two'].map((name) => ({ uri: client.uri(name), name }));
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added, removed: [] },
    });
    await client.next('fastapiMentor/status');
    await client.next('fastapiMentor/status');
    await client.open('one/main.py', app);
    await client.open('two/main.py', app);
    expect([await found('one/main.py'), await found('two/main.py')]).toEqual([[HTTP], [SLEEP]]);
  });

  test('what cannot be followed is logged, and the rest holds', async () => {
    await startLoaded({ files: { 'main.py': app }, settings: () => ({ ignore: [HTTP, 'asinc'] }) });
    await client.open('main.py', app);
    expect(await found()).toEqual([SLEEP]);
    expect(await client.next('window/logMessage')).toMatchObject({
      message: 'settings: unknown rule "asinc"; did you mean "async"?',
    });
  });
});

describe('pyproject.toml', () => {
  test('on disk: a change is seen without an edit', async () => {
    await startLoaded({ files: { 'main.py': app } });
    await client.open('main.py', app);
    expect(await found()).toEqual([SLEEP, HTTP]);
    client.write('pyproject.toml', table(`select = ["${HTTP}"]`));
    await watched('pyproject.toml', 1);
    await client.next('workspace/diagnostic/refresh');
    expect(await found()).toEqual([HTTP]);
    client.remove('pyproject.toml');
    await watched('pyproject.toml', 3);
    await client.next('workspace/diagnostic/refresh');
    expect(await found()).toEqual([SLEEP, HTTP]);
  });

  test('an open buffer wins over the disk, until it is closed', async () => {
    await startLoaded({ files: { 'main.py': app, 'pyproject.toml': table('') } });
    await client.open('main.py', app);
    expect(await found()).toEqual([SLEEP, HTTP]);
    await client.open('pyproject.toml', table('ignore = ["async"]'));
    await client.next('workspace/diagnostic/refresh');
    expect(await found()).toEqual([]);
    expect(await found('pyproject.toml')).toEqual([]);
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: client.uri('pyproject.toml') },
    });
    await client.next('workspace/diagnostic/refresh');
    expect(await found()).toEqual([SLEEP, HTTP]);
  });

  test('a nested one governs its folder, and ruff its findings', async () => {
    const files = {
      'pyproject.toml': table('ignore = ["async"]'),
      'a/pyproject.toml': table(''),
      'a/ruff.toml': 'lint.select = ["ASYNC210"]\n',
      'a/main.py': app,
      'main.py': app,
    };
    await startLoaded({ files });
    expect([await found('a/main.py'), await found('main.py')]).toEqual([[SLEEP], []]);
    client.write('a/ruff.toml', 'lint.select = ["E"]\n');
    await watched('a/ruff.toml', 2);
    await client.next('fastapiMentor/status');
    expect(await found('a/main.py')).toEqual([SLEEP, HTTP]);
  });

  test('a mistake is told with the nearest word, mended by its fix, and then gone', async () => {
    const broken = table('ignore = ["async/blocking-htp"]');
    await startLoaded({ files: { 'main.py': app, 'pyproject.toml': broken } });
    const uri = client.uri('pyproject.toml');
    const first = await published();
    expect(first).toMatchObject({
      uri,
      diagnostics: [
        {
          source: 'fastapi-mentor',
          code: 'mentor/configuration',
          severity: 2,
          message: 'Unknown rule "async/blocking-htp"; did you mean "async/blocking-http"?',
          range: { start: { line: 1, character: 11 }, end: { line: 1, character: 29 } },
        },
      ],
    });
    await client.open('main.py', app);
    await client.open('pyproject.toml', broken);
    expect((await published()).version).toBe(1);
    const actions = await actionsFor(uri, first.diagnostics);
    expect(actions.map(({ title }) => title)).toEqual(['Change to "async/blocking-http"']);
    expect(actions[0]?.edit?.documentChanges).toMatchObject([
      { textDocument: { uri, version: 1 }, edits: [{ newText: HTTP }] },
    ]);
    expect(await found()).toEqual([SLEEP, HTTP]);
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: table(`ignore = ["${HTTP}"]`) }],
    });
    expect(await published()).toMatchObject({ uri, version: 2, diagnostics: [] });
    expect(await found()).toEqual([SLEEP]);
  });

  test('while it is no TOML, what it said last still holds', async () => {
    await startLoaded({ files: { 'main.py': app, 'pyproject.toml': table('ignore = ["async"]') } });
    await client.open('main.py', app);
    await client.open('pyproject.toml', table('ignore = ["async'));
    expect((await published()).diagnostics).toMatchObject([
      { message: 'Not valid TOML: Unterminated string constant' },
    ]);
    expect(await found()).toEqual([]);
  });

  test('a client that is pushed to sees the same', async () => {
    const { diagnostic: _, ...textDocument } = pullCapabilities.textDocument ?? {};
    await start({
      capabilities: { ...pullCapabilities, textDocument },
      files: { 'main.py': app, 'pyproject.toml': table('presett = "strict"') },
    });
    const seen = await published();
    expect(seen.diagnostics).toMatchObject([
      { message: 'Unknown key "presett"; did you mean "preset"?' },
    ]);
    await client.open('pyproject.toml', table('preset = "strict"'));
    expect((await published()).diagnostics).toEqual([]);
    await client.open('main.py', app);
    const pushed = await published();
    expect([pushed.uri, pushed.diagnostics.length]).toEqual([client.uri('main.py'), 2]);
  });
});

const actionsFor = (uri: string, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> =>
  client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    context: { diagnostics },
  });
