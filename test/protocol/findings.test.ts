// What some rules find in the whole workspace, open or not.
import { afterEach, beforeAll, expect, test } from 'vitest';
import { buildWithFake } from '../fake/build.ts';
import { pullCapabilities, startClient, type TestClient } from './client.ts';

let server: string;
let client: TestClient;

beforeAll(async () => {
  ({ server } = await buildWithFake('protocol-findings'));
});
afterEach(() => client.kill());

const sleeps = 'import time\n\n\ndef f():\n    time.sleep(1)\n';
const ask = (params: unknown) => client.connection.sendRequest('fastapiMentor/findings', params);

test('are listed by file, those of the rules that were asked for', async () => {
  client = await startClient({
    server,
    capabilities: pullCapabilities,
    initializationOptions: { commands: [], status: true },
    files: { 'b.py': sleeps, 'a.py': sleeps, 'c.py': 'x = 1\n' },
  });
  await client.next('fastapiMentor/status');
  await client.next('fastapiMentor/status');
  const found = await ask({ rules: ['async/blocking-call'] });
  expect(found).toMatchObject([
    { uri: client.uri('a.py'), rule: 'async/blocking-call', range: { start: { line: 4 } } },
    { uri: client.uri('b.py') },
  ]);
  expect(await ask({ rules: ['async/other'] })).toEqual([]);
  expect(await ask({})).toEqual([]);
});
