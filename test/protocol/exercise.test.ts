// What the server says of an exercise that somebody is working on.
import { afterEach, beforeAll, expect, test } from 'vitest';
import { buildWithFake } from '../fake/build.ts';
import { pullCapabilities, startClient, type TestClient } from './client.ts';

let server: string;
let client: TestClient;

beforeAll(async () => {
  ({ server } = await buildWithFake('protocol-exercise'));
});
afterEach(() => client.kill());

const sleeps = 'import time\n\n\ndef f():\n    time.sleep(1)\n';
const checks = [{ rule: 'async/blocking-sleep', is: 'silent' }];

async function start(locale = 'en') {
  client = await startClient({
    server,
    capabilities: pullCapabilities,
    initializationOptions: { commands: [], status: true },
    locale,
    files: { 'ex/app.py': sleeps, 'other/app.py': sleeps },
  });
  await client.next('fastapiMentor/status');
  await client.next('fastapiMentor/status');
}

const ask = (folder: string, asked: unknown = checks) =>
  client.connection.sendRequest('fastapiMentor/exercise', {
    folder: client.uri(folder),
    checks: asked,
  });

test('results come at once, and again when an edit changes them', async () => {
  await start();
  const folder = client.uri('ex');
  const fails = { folder, results: [{ holds: false, why: 'It sleeps.', at: null }] };
  const holds = { folder, results: [{ holds: true, why: null, at: null }] };
  expect(await ask('ex')).toEqual(fails);
  await client.open('ex/app.py', 'x = 1\n');
  expect(await client.next('fastapiMentor/exerciseResults')).toEqual(holds);
  expect(await ask('ex')).toEqual(holds);
});

test('an edit that changes nothing, or that is elsewhere, is not told', async () => {
  await start();
  await ask('ex');
  await client.open('other/app.py', 'x = 1\n');
  await client.open('ex/app.py', `${sleeps}\n`);
  await client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: client.uri('ex/app.py'), version: 2 },
    contentChanges: [{ text: 'y = 2\n' }],
  });
  const told = await client.next('fastapiMentor/exerciseResults');
  expect(told).toMatchObject({ results: [{ holds: true }] });
  expect(client.unaccounted()).not.toContain('fastapiMentor/exerciseResults');
});

test('nothing is told of an exercise that nobody looks at any more', async () => {
  await start();
  await ask('ex');
  await ask('other');
  await client.connection.sendNotification('fastapiMentor/exerciseEnd', {
    folder: client.uri('ex'),
  });
  client.atOnce(() => {
    void client.open('ex/app.py', 'x = 1\n');
    void client.open('other/app.py', 'x = 1\n');
  });
  const told = await client.next('fastapiMentor/exerciseResults');
  expect(told).toMatchObject({ folder: client.uri('other') });
  expect(client.unaccounted()).not.toContain('fastapiMentor/exerciseResults');
});

test('why, in the language of the editor', async () => {
  await start('ko');
  expect(await ask('ex')).toMatchObject({ results: [{ why: '잠듭니다.' }] });
});

test('what is no check is refused with its place', async () => {
  await start();
  await expect(ask('ex', [{ rule: 'sleep', is: 'silent' }])).rejects.toThrow('checks[0].rule');
  await expect(ask('ex', [{ handler: 'x' }])).rejects.toThrow('a check asks about');
});
