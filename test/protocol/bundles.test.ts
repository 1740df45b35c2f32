import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DocumentDiagnosticReport, InitializeResult } from 'vscode-languageserver-protocol';
import { build } from '../../client/scripts/build.mjs';
import { pullCapabilities, startClient } from './client.ts';

/** What is shipped, with the real analysis: that it runs at all, on Node and in a worker without Node. */
const outdir = path.join('.cache', 'bundles');
const bundle = (file: string) => path.resolve(import.meta.dirname, '../..', outdir, file);

const source = `from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/items/{item_id}")
async def read(item_id: int):
    return HTTPException(404, "No such item")
`;

beforeAll(() => build({ outdir, production: true }));

test('the server on Node', async () => {
  const client = await startClient({
    server: bundle('server.node.cjs'),
    capabilities: pullCapabilities,
    initializationOptions: { status: true },
    files: { 'main.py': source },
  });
  try {
    await client.next('fastapiMentor/status');
    expect(await client.next('fastapiMentor/status')).toMatchObject({ parser: 'wasm', files: 1 });
    await client.open('main.py', source);
    const report: DocumentDiagnosticReport = await client.connection.sendRequest(
      'textDocument/diagnostic',
      { textDocument: { uri: client.uri('main.py') } },
    );
    expect(rules(report)).toContain('response/exception-returned');
    expect(await client.stop()).toBe(0);
  } finally {
    client.kill();
  }
});

let worker: Worker | undefined;
afterAll(async () => {
  await worker?.terminate();
});

/** Gives a Node worker the globals of a web worker, hides Node's own, and runs the bundle. */
const webWorker = `
  const { parentPort, workerData } = require('node:worker_threads');
  globalThis.self = globalThis;
  self.addEventListener = () => undefined;
  self.postMessage = (message) => parentPort.postMessage(message);
  parentPort.on('message', (data) => self.onmessage({ data }));
  const run = new Function('require', 'process', 'Buffer', 'setImmediate', workerData);
  delete globalThis.process;
  run();
`;

test('the server in a web worker', async () => {
  const code = readFileSync(bundle('server.web.js'), 'utf8');
  const started = new Worker(webWorker, { eval: true, workerData: code });
  worker = started;
  const answers = new Map<number, (message: { result?: unknown; error?: unknown }) => void>();
  const failed = new Promise<never>((_, reject) => started.once('error', reject));
  const loaded = new Promise<void>((resolve) => {
    started.on('message', ({ method, params }) => {
      if (method === 'fastapiMentor/status' && params.state === 'ready') resolve();
    });
  });
  started.on('message', (message) => {
    if ('method' in message && 'id' in message) {
      started.postMessage({ jsonrpc: '2.0', id: message.id, result: null });
    } else if ('id' in message) answers.get(message.id)?.(message);
  });
  let id = 0;
  const request = async <Result>(method: string, params: unknown): Promise<Result> => {
    id++;
    const answered = new Promise<{ result?: unknown; error?: unknown }>((resolve) =>
      answers.set(id, resolve),
    );
    started.postMessage({ jsonrpc: '2.0', id, method, params });
    const { result, error } = await Promise.race([answered, failed]);
    if (error !== undefined) throw new Error(JSON.stringify(error));
    return result as Result;
  };
  const notify = (method: string, params: unknown) =>
    started.postMessage({ jsonrpc: '2.0', method, params });

  started.postMessage({
    core: readFileSync(bundle('web-tree-sitter.wasm')),
    grammar: readFileSync(bundle('tree-sitter-python.wasm')),
  });
  const { serverInfo } = await request<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities: pullCapabilities,
    initializationOptions: { status: true },
  });
  expect(serverInfo?.name).toBe('FastAPI Mentor');
  notify('initialized', {});
  const uri = 'vscode-vfs://github/owner/repo/main.py';
  notify('textDocument/didOpen', {
    textDocument: { uri, languageId: 'python', version: 1, text: source },
  });
  await Promise.race([loaded, failed]);
  const report = await request<DocumentDiagnosticReport>('textDocument/diagnostic', {
    textDocument: { uri },
  });
  expect(rules(report)).toContain('response/exception-returned');
});

function rules(report: DocumentDiagnosticReport) {
  return report.kind === 'full' ? report.items.map(({ code }) => code) : [];
}
