import { describe, expect, test } from 'vitest';
import {
  accept,
  compareWithBaseline,
  filterAccepted,
  readBaseline,
  writeBaseline,
} from '../../server/src/engine/baseline.ts';
import type { Diagnostic } from '../../server/src/engine/diagnostic.ts';
import { fold } from '../../server/src/engine/fold.ts';
import type { Level } from '../../server/src/engine/rule.ts';
import { wasmParser } from '../support/parser.ts';
import { openWorkspace, pathOf } from '../support/workspace.ts';

const parser = await wasmParser();
const found = (text: string) => openWorkspace(parser, { 'a.py': text }).diagnose(pathOf('a.py'));
const fresh = (before: string, after: string) =>
  filterAccepted(found(after), accept(found(before))).shown.map(
    ({ range }) => range.start.line + 1,
  );

const one = 'async def one() -> None:\n    time.sleep(1)\n';
const two = 'async def two() -> None:\n    requests.get("/", timeout=1)\n';
const head = 'import time\nimport requests\n';

describe('what was accepted stays accepted', () => {
  test.each([
    ['when nothing changes', head + one + two, head + one + two],
    ['when lines move', head + one, `"""Docs."""\n\n\n${head}\n\n\n${one}`],
    ['when functions change places', head + one + two, head + two + one],
    [
      'when something is written above, below and between',
      head + one + two,
      `${head}x = 1\n${one}y = 2\n${two}z = 3\n`,
    ],
    [
      'when the function is edited elsewhere',
      head + one,
      head + one.replace('    time', '    x = 1\n    print(x)\n    time'),
    ],
    [
      'when the function gets an argument and a decorator',
      head + one,
      `${head}@decorated\n${one.replace('()', '(x: int)')}`,
    ],
    ['when the line gets a comment', head + one, head + one.replace('sleep(1)', 'sleep(1)  # why')],
    ['when the call gets another argument', head + one, head + one.replace('sleep(1)', 'sleep(5)')],
    [
      'when it moves into a block',
      head + one,
      head + one.replace('    time', '    if True:\n        time'),
    ],
    ['when another of its name comes before', head + one, `${head}def one() -> None: ...\n${one}`],
    ['when one of two equal ones is mended', `${head}${one}    time.sleep(2)\n`, head + one],
    [
      'in a method',
      `${head}class A:\n    async def f(self) -> None:\n        time.sleep(1)\n`,
      `${head}class A:\n    x = 1\n    def g(self) -> None: ...\n    async def f(self) -> None:\n        time.sleep(1)\n`,
    ],
  ])('%s', (_, before, after) => {
    expect(accept(found(before)).length).toBeGreaterThan(0);
    expect(fresh(before, after)).toEqual([]);
  });
});

describe('what is new is told', () => {
  test.each([
    ['in another function', head + one, head + one + one.replace('one', 'other'), 1],
    ['once more in the same function', head + one, `${head}${one}    time.sleep(2)\n`, 1],
    [
      'of another call in the same function',
      head + one,
      `${head}${one}    requests.get("/", timeout=1)\n`,
      1,
    ],
    ['of another method of the same module', head + two, head + two.replace('.get(', '.post('), 1],
    [
      'in a class, by the same name',
      head + one,
      `${head}${one}class A:\n    async def one(self) -> None:\n        time.sleep(1)\n`,
      1,
    ],
    ['when a function is copied under its own name', head + one, head + one + one, 1],
  ])('%s', (_, before, after, count) => expect(fresh(before, after)).toHaveLength(count));
});

test('fingerprints differ within a file', () => {
  const all = found(head + one + one + two + one.replace('one', 'x')).map(
    ({ fingerprint }) => fingerprint,
  );
  expect(new Set(all).size).toBe(all.length);
});

function finding(
  path: string,
  rule: string,
  fingerprint: string,
  level: Level = 'error',
  line = 0,
): Diagnostic {
  const place = { line, character: 0 };
  return {
    rule,
    level,
    path,
    range: { start: place, end: place },
    message: `${rule} speaks`,
    messageId: 'm',
    data: {},
    related: [],
    fix: null,
    fingerprint,
  };
}

describe('a baseline', () => {
  const entries = accept([
    finding('b', 'x/y', 'f-1'),
    finding('b', 'x/y', 'f'),
    finding('a', 'x/z', 'g'),
  ]);

  test('has equal findings once, in order, and is read as it was written', () => {
    expect(entries).toEqual([
      { path: 'a', rule: 'x/z', fingerprint: 'g', count: 1 },
      { path: 'b', rule: 'x/y', fingerprint: 'f', count: 2 },
    ]);
    expect(readBaseline(writeBaseline(entries))).toEqual(entries);
    expect(readBaseline(`\ufeff${writeBaseline([])}`)).toEqual([]);
    expect(writeBaseline(entries).split('\n')).toHaveLength(9);
  });

  test('does not take one rule for another', () => {
    expect(filterAccepted([finding('b', 'x/q', 'f')], entries).shown).toHaveLength(1);
  });

  test('moves with a file that is gone, once', () => {
    const moved = new Map([
      ['c', [finding('c', 'x/z', 'g')]],
      ['d', [finding('d', 'x/z', 'g')]],
      ['b', []],
    ]);
    const { shown, accepted, stale } = compareWithBaseline(moved, entries, (path) => path === 'a');
    expect(shown.map(({ path }) => path)).toEqual(['d']);
    expect({ accepted, stale }).toEqual({ accepted: 1, stale: 1 });
  });
});

describe('folding', () => {
  const options = { language: 'en', places: true } as const;
  test('makes one entry of quiet findings of a rule in a file', () => {
    const all = [
      finding('a', 'x/y', '1', 'info', 1),
      finding('a', 'x/z', '2', 'hint', 2),
      finding('a', 'x/y', '3', 'hint', 3),
      finding('b', 'x/y', '4', 'info', 4),
      finding('a', 'x/y', '5', 'error', 5),
      finding('a', 'x/y', '6', 'info', 6),
    ];
    const folded = fold(all, options);
    expect(folded.map(({ fingerprint }) => fingerprint)).toEqual(['1', '2', '4', '5']);
    expect(folded[0]?.message).toBe('x/y speaks (and 2 more in this file)');
    expect(folded[0]?.related.map(({ range }) => range.start.line)).toEqual([3, 6]);
    expect(folded.slice(1)).toEqual([all[1], all[3], all[4]]);
    expect(fold(all, { language: 'ko', places: false })[0]).toMatchObject({
      message: 'x/y speaks (이 파일에 2건 더 있음)',
      related: [],
    });
  });

  test('leaves loud ones, single ones and hints about comments', () => {
    const all = [
      finding('a', 'x/y', '1', 'warning'),
      finding('a', 'x/y', '2', 'warning'),
      finding('a', 'x/z', '3', 'info'),
      finding('a', 'mentor/unused-suppression', '4', 'hint'),
      finding('a', 'mentor/unused-suppression', '5', 'hint'),
    ];
    expect(fold(all, options)).toEqual(all);
  });
});
