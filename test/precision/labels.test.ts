import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { agreement, compare } from './compare.ts';
import { judgementOf, readLabels } from './labels.ts';

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

test('what was settled holds, and is no part of the agreement', () => {
  const labels = read({ ...entry, second: 'wrong', settled: 'wrong' }, entry);
  expect(labels.map(judgementOf)).toEqual(['wrong', 'right']);
  expect(agreement(labels)).toEqual({ twice: 1, same: 0 });
  const { lost, mended } = compare([], { judged: labels, must: [] });
  expect([lost, mended]).toEqual([[labels[1]], [labels[0]]]);
});

test('what is told beside another finding of its rule is not lost', () => {
  const labels = read(entry, { ...entry, line: 9 });
  const place = { path: 'app/main.py', source: '' };
  const finding = { ...place, rule: entry.rule, level: 'error', line: 3, message: '' };
  const told = [{ ...finding, beside: [{ ...place, line: 9 }] }];
  const [first, second] = labels;
  const one = compare(told, { judged: labels, must: second ? [second] : [] });
  expect(one.judged.map(({ label }) => label)).toEqual([first]);
  expect([one.beside, one.lost, one.missed]).toEqual([[second], [], []]);
  const other = compare([finding], { judged: labels, must: second ? [second] : [] });
  expect([other.beside, other.lost, other.missed]).toEqual([[], [second], [second]]);
});

test('what was settled is right or wrong', () => {
  expect(() => read({ ...entry, settled: 'both' })).toThrow(/"settled" is/);
});

test('every disagreement of the two judges is settled', () => {
  const open = readLabels().judged.filter(
    ({ verdict, second, settled }) => second !== undefined && second !== verdict && !settled,
  );
  expect(open).toEqual([]);
});
