import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DocumentDiagnosticReport,
  WorkspaceSymbol,
} from 'vscode-languageserver-protocol';
import { build } from '../../client/scripts/build.mjs';
import type { WhyHere } from '../../server/src/engine/call-graph.ts';
import { pullCapabilities, startClient, type TestClient } from './client.ts';

/** With the real analysis: who runs whom, up to the routes and down to what blocks, as an editor asks for it. */
const outdir = path.join('.cache', 'why-here');
const server = path.resolve(import.meta.dirname, '../..', outdir, 'server.node.cjs');

const MAIN = `from fastapi import FastAPI

from app.reports import build

app = FastAPI()


@app.get("/reports/{month}")
async def read_report(month: str) -> str:
    return build(month)


@app.get("/old/{month}")
def old_report(month: str) -> str:
    return build(month)
`;
const helper = (body: string) => `import requests


def load(month: str) -> str:
    return ${body}


def build(month: str) -> str:
    return load(month)


def unused() -> None:
    load("")
`;
const FILES = {
  'app/__init__.py': '',
  'app/main.py': MAIN,
  'app/reports.py': helper('requests.get(month, timeout=5).text'),
};

let client: TestClient;
beforeAll(() => build({ outdir }));
afterEach(() => client.kill());

async function start() {
  client = await startClient({
    server,
    files: FILES,
    capabilities: {
      ...pullCapabilities,
      textDocument: { ...pullCapabilities.textDocument, callHierarchy: {} },
      workspace: { ...pullCapabilities.workspace, symbol: {} },
    },
    initializationOptions: { status: true },
  });
  await client.next('fastapiMentor/status');
  expect(await client.next('fastapiMentor/status')).toMatchObject({ state: 'ready' });
}

const at = (file: string, line: number, character: number) => ({
  textDocument: { uri: client.uri(file) },
  position: { line, character },
});
const prepare = async (file: string, line: number, character: number) => {
  const found: CallHierarchyItem[] | null = await client.connection.sendRequest(
    'textDocument/prepareCallHierarchy',
    at(file, line, character),
  );
  const [item] = found ?? [];
  if (item === undefined) throw new Error('no item');
  return item;
};
const incoming = (item: CallHierarchyItem): Promise<CallHierarchyIncomingCall[]> =>
  client.connection.sendRequest('callHierarchy/incomingCalls', { item });
const outgoing = (item: CallHierarchyItem): Promise<CallHierarchyOutgoingCall[]> =>
  client.connection.sendRequest('callHierarchy/outgoingCalls', { item });
const why = (file: string, line: number, character = 4): Promise<WhyHere | null> =>
  client.connection.sendRequest('fastapiMentor/whyHere', at(file, line, character));

describe('the search for symbols', () => {
  const found = async (query: string) => {
    const symbols: WorkspaceSymbol[] = await client.connection.sendRequest('workspace/symbol', {
      query,
    });
    return symbols.map(({ name, containerName, location }) => [
      name,
      containerName,
      location.uri === client.uri('app/main.py') && 'range' in location
        ? location.range.start.line
        : undefined,
    ]);
  };
  const report = ['GET /reports/{month}', 'app.main.read_report', 8];
  const old = ['GET /old/{month}', 'app.main.old_report', 13];

  test('finds routes as they are served, and follows what is typed', async () => {
    await start();
    expect(client.initialized.capabilities.workspaceSymbolProvider).toBe(true);
    expect(await found('')).toEqual([report, old]);
    expect(await found('get /REP')).toEqual([report]);
    expect(await found('olmo')).toEqual([old]);
    expect(await found('delete')).toEqual([]);
    const all = MAIN.replace('app = FastAPI()', 'app = FastAPI()\napp.mount("/static", object())')
      .replace('@app.get("/old', '@app.websocket("/old')
      .replace('@app.get("/rep', '@app.api_route(methods=["PUT", "POST"], path="/v2/rep');
    await client.open('app/main.py', all);
    expect((await found('')).map(([name]) => name)).toEqual([
      'POST,PUT /v2/reports/{month}',
      'WS /old/{month}',
    ]);
  });
});

describe('the call hierarchy', () => {
  test('begins at a call with what is called, and elsewhere with the function around', async () => {
    await start();
    expect(client.initialized.capabilities.callHierarchyProvider).toBe(true);
    expect((await prepare('app/main.py', 9, 13)).name).toBe('build');
    expect((await prepare('app/main.py', 9, 4)).name).toBe('read_report');
    expect((await prepare('app/main.py', 8, 12)).name).toBe('read_report');
    const none = client.connection.sendRequest(
      'textDocument/prepareCallHierarchy',
      at('app/main.py', 2, 0),
    );
    expect(await none).toBeNull();
  });

  test('goes up to the routes, each with where it runs', async () => {
    await start();
    const load = await prepare('app/reports.py', 3, 5);
    const [toBuild, toUnused] = await incoming(load);
    expect([toBuild?.from.name, toUnused?.from.name]).toEqual(['build', 'unused']);
    expect(toBuild?.fromRanges).toEqual([
      { start: { line: 8, character: 11 }, end: { line: 8, character: 15 } },
    ]);
    if (toBuild === undefined) throw new Error('no caller');
    const handlers = await incoming(toBuild.from);
    expect(handlers.map(({ from }) => [from.name, from.uri])).toEqual([
      ['read_report', client.uri('app/main.py')],
      ['old_report', client.uri('app/main.py')],
    ]);
    const routes = await Promise.all(handlers.map(({ from }) => incoming(from)));
    expect(routes.map(([route]) => [route?.from.name, route?.from.detail])).toEqual([
      ['GET /reports/{month}', 'event loop'],
      ['GET /old/{month}', 'thread pool'],
    ]);
  });

  test('goes down to what blocks, by its public name', async () => {
    await start();
    const [build] = await outgoing(await prepare('app/main.py', 8, 12));
    expect(build?.to.name).toBe('build');
    expect(build?.fromRanges).toEqual([
      { start: { line: 9, character: 11 }, end: { line: 9, character: 16 } },
    ]);
    if (build === undefined) throw new Error('no call');
    const [load] = await outgoing(build.to);
    if (load === undefined) throw new Error('no call');
    const [leaf] = await outgoing(load.to);
    expect(leaf?.to).toMatchObject({ name: 'requests.get', detail: 'async/blocking-http' });
    if (leaf === undefined) throw new Error('no call');
    expect([await incoming(leaf.to), await outgoing(leaf.to)]).toEqual([[], []]);
  });

  test('follows what is typed, and knows nothing of what is gone', async () => {
    await start();
    const load = await prepare('app/reports.py', 3, 5);
    await client.open('app/reports.py', 'def build(month: str) -> str:\n    return month\n');
    expect([await incoming(load), await outgoing(load)]).toEqual([[], []]);
    const build = await prepare('app/reports.py', 0, 5);
    expect((await incoming(build)).map(({ from }) => from.name)).toEqual([
      'read_report',
      'old_report',
    ]);
    expect(await outgoing(build)).toEqual([]);
  });
});

describe('why here', () => {
  test('tells the routes above a line, those on the event loop first, and what it blocks on', async () => {
    await start();
    const found = await why('app/reports.py', 4);
    expect(found?.function.name).toBe('load');
    const names = found?.ways.map(({ title, where, hops }) => [
      where,
      title,
      ...hops.map(({ name }) => name),
    ]);
    expect(names).toEqual([
      ['loop', 'GET /reports/{month}', 'read_report', 'build', 'load'],
      ['thread', 'GET /old/{month}', 'old_report', 'build', 'load'],
    ]);
    expect(found?.ways[0]?.hops[0]?.path).toBe(client.uri('app/main.py'));
    expect(found?.blocks).toMatchObject([{ leaf: 'requests.get', isHere: true, names: [] }]);
    const above = await why('app/main.py', 9);
    expect(above?.blocks).toMatchObject([
      { leaf: 'requests.get', isHere: true, names: ['build', 'load'] },
    ]);
  });

  test('says that nothing reaches it, and nothing where there is no function', async () => {
    await start();
    expect(await why('app/reports.py', 12)).toMatchObject({ ways: [], isOpen: false });
    expect(await why('app/reports.py', 0)).toBeNull();
    expect(await why('app/none.py', 0)).toBeNull();
  });
});

test('what a helper starts to do reaches its callers in other open files within one refresh', async () => {
  await start();
  await client.open('app/main.py', MAIN);
  await client.open('app/reports.py', helper('month'));
  const pull = async (file: string) => {
    const report: DocumentDiagnosticReport = await client.connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri: client.uri(file) } },
    );
    if (report.kind !== 'full') throw new Error('expected a full report');
    return report.items.filter(({ code }) => code === 'async/blocking-chain').length;
  };
  const type = (version: number, body: string) =>
    client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: client.uri('app/reports.py'), version },
      contentChanges: [{ text: helper(body) }],
    });
  expect([await pull('app/main.py'), await pull('app/reports.py')]).toEqual([0, 0]);
  const refreshes = () =>
    client.unaccounted().filter((method) => method === 'workspace/diagnostic/refresh').length;
  expect(refreshes()).toBe(0);
  await type(2, 'requests.get(month, timeout=5).text');
  await client.next('workspace/diagnostic/refresh');
  expect(await pull('app/main.py')).toBe(1);
  await type(3, 'month.upper()');
  await client.next('workspace/diagnostic/refresh');
  expect(await pull('app/main.py')).toBe(0);
  // What changes nothing of what it does asks nobody to look again: the next message is that of what does.
  await type(4, 'month.lower()');
  await type(5, 'requests.get(month, timeout=5).text');
  await client.next('workspace/diagnostic/refresh');
  expect(await pull('app/main.py')).toBe(1);
  expect(refreshes()).toBe(0);
});
