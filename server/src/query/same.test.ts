import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameData } from './same.ts';

describe('the same data', () => {
  const shared = { deep: [1] };
  test.each<[string, unknown, unknown]>([
    ['numbers', 1, 1],
    ['NaN', Number.NaN, Number.NaN],
    ['nothing', undefined, undefined],
    ['null', null, null],
    ['arrays', [1, ['a']], [1, ['a']]],
    ['empty arrays', [], []],
    ['objects, in any order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['keys that hold undefined', { a: undefined }, { a: undefined }],
    ['maps', new Map([['a', { x: 1 }]]), new Map([['a', { x: 1 }]])],
    ['sets in any order', new Set(['a', 'b']), new Set(['b', 'a'])],
    ['the very same object', shared, shared],
    ['objects without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ['a key called __proto__', JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 1}')],
  ])('%s', (_, a, b) => {
    expect(sameData(a, b)).toBe(true);
    expect(sameData(b, a)).toBe(true);
  });
});

describe('other data', () => {
  test.each<[string, unknown, unknown]>([
    ['numbers', 1, 2],
    ['0 and -0', 0, -0],
    ['a number and its text', 1, '1'],
    ['null and nothing', null, undefined],
    ['null and an object', null, {}],
    ['arrays of other length', [1], [1, 2]],
    ['arrays of other order', [1, 2], [2, 1]],
    ['a hole and an end', [undefined], []],
    ['an array and an object', [], {}],
    ['an array and an object with its keys', ['a'], { 0: 'a' }],
    ['a key that holds undefined and no key', { a: undefined }, {}],
    ['undefined under other keys', { a: undefined }, { b: undefined }],
    ['an inherited name and an own one', { toString: undefined }, { x: undefined }],
    ['maps with other values', new Map([['a', 1]]), new Map([['a', 2]])],
    ['maps with other keys', new Map([['a', 1]]), new Map([['b', 1]])],
    ['maps of other size', new Map([['a', 1]]), new Map()],
    ['maps of other order', new Map([[1, 1], [2, 2]]), new Map([[2, 2], [1, 1]])], // biome-ignore format: one case, one line
    ['sets', new Set(['a']), new Set(['b'])],
    ['sets of other size', new Set(['a']), new Set()],
    ['a set and a map', new Set(), new Map()],
    ['an object and a map', {}, new Map([['a', 1]])],
    ['an object and a set', {}, new Set(['a'])],
    ['an array and a set', [], new Set()],
    ['deep down', { a: [{ b: new Map([['c', [1]]]) }] }, { a: [{ b: new Map([['c', [2]]]) }] }],
    ['a key called __proto__', JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 2}')],
  ])('%s', (_, a, b) => {
    expect(sameData(a, b)).toBe(false);
    expect(sameData(b, a)).toBe(false);
  });
});

test('a copy is the same, and it does not matter which of two is first', () => {
  const plain = fc.anything({ withMap: true, withSet: false, withNullPrototype: false });
  fc.assert(
    fc.property(plain, plain, (a, b) => {
      expect(sameData(a, structuredClone(a))).toBe(true);
      expect(sameData(a, b)).toBe(sameData(b, a));
    }),
    { numRuns: 300 },
  );
});
