import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { agreement } from './compare.ts';
import { readLabels } from './labels.ts';

const entry = {
  repository: 'owner/name',
  commit: '0123456789abcdef0123456789abcdef01234567',
  path: 'app/main.py',
  line: 3,
  rule: 'async/blocking-http',
  level: 'error',
  verdict: 'right',
  reason: 'requests in an async path operation',
};
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function read(...entries: readonly object[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'labels-'));
  folders.push(folder);
  writeFileSync(path.join(folder, 'async-blocking-http.json'), JSON.stringify(entries));
  return readLabels(folder).judged;
}

test('the files of this folder are what they should be', () => {
  expect(readLabels().judged).not.toEqual([]);
});

test('the second verdict is read, and may be missing', () => {
  expect(read(entry, { ...entry, second: 'wrong' }).map(({ second }) => second)).toEqual([
    undefined,
    'wrong',
  ]);
});

test.each(['', 'perhaps', null, true])('a second verdict %j is refused', (second) => {
  expect(() => read(entry, { ...entry, second })).toThrow(/entry 2: "second" is/);
});

test('a label without a first verdict is refused', () => {
  expect(() => read({ ...entry, verdict: undefined, second: 'right' })).toThrow(/"verdict" is/);
});

test('the agreement of two judges counts what both have judged', () => {
  const labels = read(
    entry,
    { ...entry, second: 'right' },
    { ...entry, second: 'wrong' },
    { ...entry, verdict: 'wrong', second: 'wrong' },
  );
  expect(agreement(labels)).toEqual({ twice: 3, same: 2 });
});
