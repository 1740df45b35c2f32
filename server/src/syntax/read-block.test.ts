import { describe, expect, test } from 'vitest';
import { brief } from '../../../test/support/nodes.ts';
import { wasmParser } from '../../../test/support/parser.ts';
import { changeBetween, createBlockReader, parseExpression } from './read-block.ts';

const parser = await wasmParser();

describe('the stretch in which two texts differ', () => {
  test.each([
    ['', '', 0, 0, 0],
    ['a', 'a', 1, 1, 1],
    ['', 'abc', 0, 0, 3],
    ['abc', '', 0, 3, 0],
    ['abc', 'axc', 1, 2, 2],
    ['aa', 'aaa', 2, 2, 3],
    ['aaa', 'aa', 2, 3, 2],
    ['한글', '한국글', 1, 1, 2],
  ])('%j and %j', (oldText, newText, start, oldEnd, newEnd) => {
    const change = changeBetween(oldText, newText);
    expect(change).toEqual({ oldText, newText, start, oldEnd, newEnd });
    expect(oldText.slice(0, start) + newText.slice(start, newEnd) + oldText.slice(oldEnd)).toBe(
      newText,
    );
  });
});

describe('a block alone', () => {
  const read = (text: string, lead = '', isHeader = false) =>
    createBlockReader(parser).read('block', { text, lead, isHeader });

  test('of a member is read at its own depth, with places from its own start', () => {
    const { body, errors } = read('def f(self):\n        return 1', '    ');
    expect(body.map(brief)).toEqual([
      'function(name="f", parameters=[(name="self", kind="normal")], body=[return(value=1)])',
    ]);
    expect([body[0]?.start, errors]).toEqual([0, []]);
  });

  test('below a tab', () => {
    const { body, errors } = read('def f(self):\n\t\treturn 1', '\t');
    expect([body.length, errors]).toEqual([1, []]);
  });

  test('that is the header of a class has the class without its members', () => {
    const { body, errors } = read('class A(B):', '', true);
    expect([body.map((one) => one.type), errors]).toEqual([['class'], []]);
    const inner = read('class A(B):', '    ', true);
    expect([inner.body.map((one) => one.type), inner.errors]).toEqual([['class'], []]);
  });

  test('that is broken gives what can be read, and says where', () => {
    expect(read('def f(self:\n        return 1', '    ').errors).not.toEqual([]);
  });
});

describe('an expression alone', () => {
  test.each([
    ['int', 'int'],
    ['list["A"] | None', 'binary(operator="|", left=subscript(object=list, indices=["A"]), right=none)'],
  ])('%j', (text, expected) => expect(brief(parseExpression(parser, text))).toBe(expected)); // biome-ignore format: fits

  test.each(['', 'a b', 'a; b', 'x = 1', 'def f(): pass', '(', `a${'.b'.repeat(300)}`])(
    'is not %j',
    (text) => expect(parseExpression(parser, text)).toBeUndefined(),
  );

  test('is the same however many others were read', () => {
    const first = parseExpression(parser, 'a.b');
    for (let i = 0; i < 5_000; i++) parseExpression(parser, `a${i}`);
    expect(parseExpression(parser, 'a.b')).toEqual(first);
  });
});
