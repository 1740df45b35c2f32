import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChanges, type Change, type OpenDocument } from './textDocument.ts';

const documentOf = (text: string): OpenDocument => ({ uri: 'a', version: 1, text });

const change = (from: [number, number], to: [number, number], text: string): Change => ({
  range: {
    start: { line: from[0], character: from[1] },
    end: { line: to[0], character: to[1] },
  },
  text,
});

const after = (text: string, ...changes: Change[]) =>
  applyChanges(documentOf(text), changes, 2).text;

test('inserts, deletes and replaces', () => {
  expect(after('ab\ncd', change([0, 1], [0, 1], 'X'))).toBe('aXb\ncd');
  expect(after('ab\ncd', change([0, 1], [1, 1], ''))).toBe('ad');
  expect(after('ab\ncd', change([1, 0], [1, 2], 'y\n'))).toBe('ab\ny\n');
});

test('each change speaks of the text before it', () => {
  expect(after('a', change([0, 1], [0, 1], '\n'), change([1, 0], [1, 0], 'b'))).toBe('a\nb');
  expect(after('a', { text: 'xyz' }, change([0, 0], [0, 2], ''))).toBe('z');
  expect(after('abc', change([0, 0], [0, 1], ''), { text: 'q' })).toBe('q');
});

test('positions outside are moved inside', () => {
  expect(after('ab\r\ncd', change([0, 99], [0, 99], '!'))).toBe('ab!\r\ncd');
  expect(after('ab', change([9, 9], [99, 0], '!'))).toBe('ab!');
  expect(after('ab', change([-1, 3], [0, -5], '!'))).toBe('!ab');
  expect(after('abc', change([0, 2], [0, 1], '!'))).toBe('a!c');
});

test('knows all line ends', () => {
  expect(after('a\rb\r\nc\nd', change([3, 0], [3, 1], 'D'))).toBe('a\rb\r\nc\nD');
});

const text = fc.string({
  unit: fc.constantFrom('a', 'b', '\n', '\r', '\r\n', '한', '😀'),
  maxLength: 30,
});
const position = fc.record({
  line: fc.integer({ min: 0, max: 8 }),
  character: fc.integer({ min: 0, max: 8 }),
});
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ range: fc.record({ start: position, end: position }), text }),
  },
  { weight: 1, arbitrary: fc.record({ text }) },
);

test('many changes at once give what one at a time gives', () => {
  fc.assert(
    fc.property(text, fc.array(anyChange, { maxLength: 6 }), (start, changes) => {
      const together = applyChanges(documentOf(start), changes, 2);
      const oneByOne = changes.reduce(
        (each, one) => applyChanges(each, [one], 2),
        documentOf(start),
      );
      expect(together.text).toBe(oneByOne.text);
    }),
    { numRuns: 5000 },
  );
});
