import { expect, test } from 'vitest';
import { excerpt } from './excerpt.ts';
import type { Finding } from './findings.ts';
import { reportText } from './reportText.ts';

const range = (start: number, end: number, lines = 0) => ({
  start: { line: 9, character: start },
  end: { line: 9 + lines, character: end },
});

test('carets stand under what they mean', () => {
  expect(excerpt('  abc(d)', range(2, 5))).toEqual([' 10 |   abc(d)', '    |   ^^^']);
});

test('wide characters and tabs keep their columns', () => {
  expect(excerpt('\t"한글" + x', range(8, 9))).toEqual([
    ' 10 | \t"한글" + x',
    `    | \t${' '.repeat(9)}^`,
  ]);
  expect(excerpt('"한글"', range(1, 3))[1]).toBe('    |  ^^^^');
});

test('a range over several lines is marked to the end of the first', () => {
  expect(excerpt('f(  ', range(0, 1, 3))[1]).toBe('    | ^^');
});

test('an empty range has one caret, also behind the line', () => {
  expect(excerpt('ab', range(1, 1))[1]).toBe('    |  ^');
  expect(excerpt('ab', range(7, 7))[1]).toBe('    |   ^');
  expect(excerpt('', range(0, 0))[1]).toBe('    | ^');
});

test('a very long line is cut around the finding', () => {
  const [source = '', carets = ''] = excerpt(
    `${'x'.repeat(5000)}bad${'y'.repeat(5000)}`,
    range(5000, 5003),
  );
  expect(source.length).toBeLessThan(140);
  expect(source.indexOf('bad')).toBe(carets.indexOf('^^^'));
});

test('colours are used only when asked for', () => {
  const finding: Finding = {
    rule: 'a/b',
    level: 'error',
    path: 'x.py',
    range: range(0, 1),
    message: 'm',
    messageId: 'm',
    data: {},
    related: [],
    fix: null,
    fingerprint: 'f',
  };
  const context = {
    version: '1',
    summary: { files: 1, errors: 1, warnings: 0, infos: 0, hints: 0 },
    language: 'en' as const,
    textOf: () => undefined,
  };
  expect(reportText([finding], { ...context, colour: false })).not.toContain('\u001b');
  expect(reportText([finding], { ...context, colour: true })).toContain(
    '\u001b[31;1merror\u001b[0m',
  );
});
