import { describe, expect, test } from 'vitest';
import { brief, lowerText } from '../../../test/support/nodes.ts';
import { wasmParser } from '../../../test/support/parser.ts';
import { readString } from './strings.ts';

const parser = await wasmParser();

/** What it is, the source, and its expression in short. */
const table: readonly (readonly [string, string, string])[] = [
  ['escapes', "'\\n\\t\\x41\\u00e9\\U0001F600\\101\\0\\q\\\\'", '"\\n\\tAé😀A\\u0000\\\\q\\\\"'],
  ['a named character', "'\\N{BULLET}'", '"\\\\N{BULLET}"'],
  ['a line end taken away', "'a\\\nb'", '"ab"'],
  ['raw text', 'r\'\\n\' + R"\\x"', 'binary(operator="+", left="\\\\n", right="\\\\x")'],
  ['bytes', "b'\\x00a' rb'\\n'", 'b"\\u0000a\\\\n"'],
  ['an f-string in an f-string (3.12)', 'f"{f"{a}"}"', 'fstring(parts=[fstring(parts=[a])])'],
  ['an f-string with nothing in it', "f'a{{}}\\n'", '"a{}\\n"'],
  ['an f-string that names itself', `f'{a=}'`, 'fstring(parts=[a])'],
  [
    'formats of f-strings side by side',
    `'a' f'{b:02d}' f'c{d!r}'`,
    'fstring(parts=["a" b "c" d], specs=(1="02d", 3="!r"))',
  ],
  ['a raw f-string', "rf'\\n{a}'", 'fstring(parts=["\\\\n" a])'],
  ['a t-string', `t'a{b}'`, 'fstring(parts=["a" b])'],
  ['text and f-strings side by side', `'a' f'b{c}' 'd'`, 'fstring(parts=["a" "b" c "d"])'],
  ['a named character in an f-string', "f'\\N{BULLET}{a}'", 'fstring(parts=["\\\\N{BULLET}" a])'],
  ['a lone \\r taken away', "'a\\\rb'", '"ab"'],
  [
    'an f-string with a conversion and dictionary',
    `f'{a["b"]!r}{ {1: 2} }'`,
    'fstring(parts=[subscript(object=a, indices=["b"]) dict(entries=[(key=1, value=2)])], specs=(0="!r"))',
  ],
  ['a string in a statement alone', `'''Doc.'''`, '"Doc."'],
];

test.each(table)('%s', (_, source, expected) => {
  const { body, errors } = lowerText(parser, `${source}\n`);
  expect(body.map((one) => brief(one.type === 'expression' ? one.value : one))).toEqual([expected]);
  expect(errors).toEqual([]);
});

describe('a string', () => {
  test.each([
    ["''", '', 1],
    ["'a'", 'a', 1],
    ['"""a"b"""', 'a"b', 3],
    ["rb'\\x'", '\\x', 3],
    ["'\\x4'", '\\x4', 1],
    ["'\\777'", '\u01ff', undefined],
    ["'\\U00110000'", '\\U00110000', 1],
    ["'unclosed", 'unclosed', 1],
    ["'''unclosed'", "unclosed'", 3],
    ["'", '', 1],
    ["'''", '', 3],
  ])('%s', (source, value, contentStart) => {
    const literal = readString(source);
    expect(literal.value).toBe(value);
    expect(literal.contentStart).toBe(contentStart);
  });
});
