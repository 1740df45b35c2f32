import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  TextDocumentEdit,
} from 'vscode-languageserver-protocol';
import { build } from '../../client/scripts/build.mjs';
import { applyEdits } from '../../server/src/engine/apply.ts';
import { type ClientSetup, pullCapabilities, startClient, type TestClient } from './client.ts';

/** With the real analysis: fixes, comments and what is accepted, as an editor asks for them. */
const outdir = path.join('.cache', 'fixes');
const server = path.resolve(import.meta.dirname, '../..', outdir, 'server.node.cjs');

let client: TestClient;
beforeAll(() => build({ outdir }));
afterEach(() => client.kill());

const codeAction = {
  codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
};
const resolving = { ...codeAction, dataSupport: true, resolveSupport: { properties: ['edit'] } };

async function start(setup: Partial<ClientSetup> = {}, actions: object = resolving) {
  client = await startClient({
    server,
    capabilities: {
      ...pullCapabilities,
      textDocument: { ...pullCapabilities.textDocument, codeAction: { ...codeAction, ...actions } },
    },
    initializationOptions: { status: true },
    ...setup,
  });
  await client.next('fastapiMentor/status');
  expect(await client.next('fastapiMentor/status')).toMatchObject({ state: 'ready' });
}

async function items(file: string): Promise<Diagnostic[]> {
  const report: DocumentDiagnosticReport = await client.connection.sendRequest(
    'textDocument/diagnostic',
    { textDocument: { uri: client.uri(file) } },
  );
  if (report.kind !== 'full') throw new Error('expected a full report');
  return report.items;
}

const codes = async (file: string) => (await items(file)).map(({ code }) => code);

async function actions(file: string, only?: string[]): Promise<CodeAction[]> {
  const diagnostics = await items(file);
  return client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: client.uri(file) },
    range: diagnostics[0]?.range ?? {
      start: { line: 0, character: 0 },
      end: { line: 0, character: 0 },
    },
    context: { diagnostics, ...(only === undefined ? {} : { only }) },
  });
}

/** A text after an action, which must speak of this version of it. */
function changed(text: string, action: CodeAction | undefined, version: number): string {
  const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  expect(change?.textDocument.version).toBe(version);
  return applyEdits(
    text,
    (change?.edits ?? []) as { range: Diagnostic['range']; newText: string }[],
  );
}

const text = `import time


async def first() -> None:
    time.sleep(1)


async def second() -> None:
    # kept
    time.sleep(2)
`;
const mended = `import asyncio
import time


async def first() -> None:
    await asyncio.sleep(1)


async def second() -> None:
    # kept
    await asyncio.sleep(2)
`;
const unsafe = 'import requests\n\n\nasync def ask() -> None:\n    requests.get("/", timeout=1)\n';

describe('source.fixAll', () => {
  test.each([['source.fixAll.fastapiMentor'], ['source.fixAll'], ['source']])(
    'mends what is safe when asked for %s',
    async (kind) => {
      await start();
      await client.open('a.py', text, 4);
      const [action, ...others] = await actions('a.py', [kind]);
      expect(others).toEqual([]);
      expect(action).toMatchObject({ kind: 'source.fixAll.fastapiMentor' });
      expect(changed(text, action, 4)).toBe(mended);
      // The server's own text is what it was.
      expect(await codes('a.py')).toEqual(['async/blocking-sleep', 'async/blocking-sleep']);
    },
  );

  test('is not offered unasked, nor for another tool, nor where nothing is safe', async () => {
    await start();
    await client.open('a.py', text);
    await client.open('b.py', unsafe);
    expect((await actions('a.py')).map(({ kind }) => kind)).not.toContain(
      'source.fixAll.fastapiMentor',
    );
    expect(await actions('a.py', ['source.fixAll.ruff'])).toEqual([]);
    expect(await actions('a.py', ['source.organizeImports'])).toEqual([]);
    expect(await actions('b.py', ['source.fixAll'])).toEqual([]);
    expect(await actions('never.py', ['source.fixAll'])).toEqual([]);
  });

  test('sees an edit that came just before', async () => {
    await start();
    await client.open('a.py', 'x = 1\n', 1);
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: client.uri('a.py'), version: 2 },
      contentChanges: [{ text }],
    });
    const [action]: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: client.uri('a.py') },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      context: { diagnostics: [], only: ['source.fixAll.fastapiMentor'] },
    });
    expect(changed(text, action, 2)).toBe(mended);
  });
});

describe('fix all of this kind', () => {
  test('makes its edit when it is chosen', async () => {
    await start();
    await client.open('a.py', text, 3);
    const offered = (await actions('a.py')).filter(({ title }) =>
      title.startsWith('Fix all of this kind'),
    );
    expect(offered.map(({ title }) => title)).toEqual([
      'Fix all of this kind: Use `await asyncio.sleep(...)`',
    ]);
    expect(offered[0]?.edit).toBeUndefined();
    const chosen: CodeAction = await client.connection.sendRequest(
      'codeAction/resolve',
      offered[0],
    );
    expect(changed(text, chosen, 3)).toBe(mended);
  });

  test('is named after the rule where its fixes do different things', async () => {
    await start();
    const calls = ['get', 'post'].map((name) => `    requests.${name}("/", timeout=1)\n`);
    await client.open('a.py', `import requests\n\n\nasync def a():\n${calls.join('')}`, 1);
    const titles = (await actions('a.py')).map(({ title }) => title);
    expect(titles).toContain('Run `requests.get` in the thread pool');
    expect(titles).toContain('Fix all of this kind: async/blocking-http');
  });

  test('has its edit at once for a client that asks once', async () => {
    await start({}, {});
    await client.open('a.py', text, 3);
    const [offered] = (await actions('a.py')).filter(({ title }) =>
      title.startsWith('Fix all of this kind'),
    );
    expect(changed(text, offered, 3)).toBe(mended);
  });

  test('makes none for a text that has moved on, and is not offered for one finding', async () => {
    await start();
    await client.open('a.py', text, 3);
    const [offered] = (await actions('a.py')).filter(({ title }) =>
      title.startsWith('Fix all of this kind'),
    );
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: client.uri('a.py'), version: 4 },
      contentChanges: [{ text: unsafe }],
    });
    const chosen: CodeAction = await client.connection.sendRequest('codeAction/resolve', offered);
    expect(chosen.edit).toBeUndefined();
    expect((await actions('a.py')).some(({ title }) => title.startsWith('Fix all of this'))).toBe(
      false,
    );
    const odd = { title: 't', data: { key: 3 } };
    expect(await client.connection.sendRequest('codeAction/resolve', odd)).toEqual(odd);
  });
});

describe('comments', () => {
  test('silence a finding where it is, and in the file', async () => {
    await start();
    await client.open('a.py', unsafe, 2);
    const offered = await actions('a.py');
    const named = (title: string) => offered.find((each) => each.title === title);
    expect(changed(unsafe, named('Ignore async/blocking-http on this line'), 2)).toContain(
      'timeout=1)  # mentor: ignore[async/blocking-http]\n',
    );
    expect(changed(unsafe, named('Ignore async/blocking-http in this file'), 2)).toBe(
      `# mentor: ignore-file[async/blocking-http]\n${unsafe}`,
    );
  });

  test('that do nothing are faded, without a page, and can be removed', async () => {
    await start({ locale: 'ko' });
    await client.open('a.py', 'x = 1  # mentor: ignore[async]\n', 1);
    const [item] = await items('a.py');
    expect(item).toMatchObject({ code: 'mentor/unused-suppression', tags: [1], severity: 4 });
    expect(item?.codeDescription).toBeUndefined();
    expect(item?.message).toMatch(/[가-힣]/);
    const offered = await actions('a.py');
    expect(offered).toHaveLength(1);
    expect(changed('x = 1  # mentor: ignore[async]\n', offered[0], 1)).toBe('x = 1\n');
  });
});

describe('quiet findings', () => {
  const routes = ['a', 'b', 'c']
    .map((name) => `@app.get("/${name}")\ndef ${name}():\n    return {"a": load()}\n`)
    .join('\n\n');
  const many = `from fastapi import FastAPI\n\nfrom other import load\n\napp = FastAPI()\n\n\n${routes}`;

  test('are one entry a file and rule, unless that is switched off', async () => {
    let settings: unknown = null;
    await start({ settings: () => settings });
    await client.open('a.py', many);
    const own = async () =>
      (await items('a.py')).filter(({ code }) => code === 'response/missing-response-model');
    const [first, ...others] = await own();
    expect(others).toEqual([]);
    expect(first?.message).toMatch(/\(and 2 more in this file\)$/);
    expect(first?.relatedInformation?.map(({ location }) => location.range.start.line)).toEqual([
      12, 17,
    ]);
    settings = { fold: false };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await expect.poll(async () => (await own()).length).toBe(3);
  });
});

describe('only new code', () => {
  const accept = () =>
    client.connection.sendRequest<{ accepted: object[]; useFiles: boolean }>(
      'fastapiMentor/accept',
    );
  const again = `${text}\n\nasync def third() -> None:\n    time.sleep(3)\n`;

  test('accepts what is there, in files that are not open too', async () => {
    await start({ files: { 'a.py': text, 'b.py': unsafe } });
    const { accepted } = await accept();
    expect(await client.next('fastapiMentor/hidden')).toEqual({ count: accepted.length });
    await client.open('a.py', text);
    await client.open('b.py', unsafe);
    expect([await codes('a.py'), await codes('b.py')]).toEqual([[], []]);
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: client.uri('a.py'), version: 2 },
      contentChanges: [{ text: `\n\n${again}` }],
    });
    expect((await items('a.py')).map(({ range }) => range.start.line)).toEqual([15]);
    expect(await actions('b.py', ['source.fixAll'])).toEqual([]);
  });

  test('and can be taken back', async () => {
    await start({ files: { 'a.py': text } });
    await accept();
    await client.open('a.py', text);
    expect(await codes('a.py')).toEqual([]);
    await client.connection.sendNotification('fastapiMentor/accepted', {
      accepted: [],
      useFiles: false,
    });
    expect(await codes('a.py')).toHaveLength(2);
  });

  test('a baseline file in the folder is honoured, followed, and may be damaged', async () => {
    await start({ files: { 'a.py': text } });
    const { accepted } = await accept();
    const entries = accepted.map((each) => ({ ...each, path: 'a.py' }));
    const file = JSON.stringify({
      format: 'fastapi-mentor-baseline',
      version: 1,
      accepted: entries,
    });
    client.kill();
    await start({ files: { 'a.py': text, '.fastapi-mentor-baseline.json': file } });
    await client.open('a.py', again);
    expect(await codes('a.py')).toHaveLength(1);
    client.write('.fastapi-mentor-baseline.json', '{');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('.fastapi-mentor-baseline.json'), type: 2 }],
    });
    await expect.poll(async () => (await codes('a.py')).length).toBe(3);
  });

  test('what the client kept holds from the start; what it made up does not', async () => {
    await start({ files: { 'a.py': text } });
    const { accepted } = await accept();
    const folder = client.uri('');
    client.kill();
    await start({
      files: { 'a.py': text },
      initializationOptions: { status: true, kept: { accepted: [{ path: 3 }], useFiles: true } },
    });
    await client.open('a.py', text);
    expect(await codes('a.py')).toHaveLength(2);
    const moved = JSON.parse(JSON.stringify(accepted).replaceAll(folder, client.uri('')));
    await client.connection.sendNotification('fastapiMentor/accepted', {
      accepted: moved,
      useFiles: true,
    });
    expect(await codes('a.py')).toEqual([]);
  });
});
