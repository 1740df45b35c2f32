import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleFiles, toolFiles } from '../../../test/support/files.ts';
import { lowerText, nodesIn, readBlocks } from '../../../test/support/nodes.ts';
import {
  type Adapter,
  nativeAdapter,
  wasmMemory,
  wasmParser,
} from '../../../test/support/parser.ts';
import { openWorkspace, pathOf } from '../../../test/support/workspace.ts';
import { splitBlocks } from './blocks.ts';
import { type Lowered, lower } from './lower.ts';
import type { Parser } from './parser.ts';
import { changeBetween, createBlockReader } from './read-block.ts';

const wasm = await wasmParser();
const native = nativeAdapter();
const adapters: readonly Adapter[] = [{ name: 'wasm', parser: wasm }, native];

const sources = [...sampleFiles(), ...toolFiles()].filter(({ text }) => text.trim() !== '');
const DEPTH = 10_000;

for (const adapter of adapters) {
  if ('missing' in adapter) {
    console.info(`parser contract: ${adapter.name} is left out: ${adapter.missing}`);
    test.skip(`the parser contract over ${adapter.name} (${adapter.missing})`, () => undefined);
    continue;
  }
  console.info(`parser contract: ${adapter.name} runs`);
  describe(`the parser contract over ${adapter.name}`, () => contract(adapter.parser));
}

function contract(parser: Parser): void {
  describe('offsets count UTF-16 units', () => {
    test.each([
      ['an emoji', 's = "😀😀"; after = 1\n'],
      ['an emoji of several', 's = "👩‍👩‍👧‍👦🇰🇷"; after = 1\n'],
      ['Hangul', '이름 = "값"; after = 이름\n'],
      ['decomposed Hangul', '이름 = "한글"; after = 1\n'.normalize('NFD')],
      ['combining marks', 's = "e\u0301\u0323"; after = 1\n'],
      ['identifiers beyond the first plane', '𝕩 = 1; after = 𝕩\n'],
      ['a comment before', '# 주석 😀\nafter = 1\n'],
      ['\\r\\n', 's = "한"\r\nafter = 1\r\n'],
      ['a byte order mark', '\ufeffafter = 1\n'],
      ['a form feed', '\fafter = 1\n'],
      ['NUL in a string', 's = "\0"; after = 1\n'],
      ['a lone surrogate in a string', 's = "\ud83d"; after = 1\n'],
    ])('%s', (_, text) => {
      const names = [...nodesIn(lowerText(parser, text).body)].filter((one) => one.type === 'name');
      expect(names.map(({ start, end }) => text.slice(start, end))).toContain('after');
      for (const { id, start, end } of names) expect(text.slice(start, end)).toBe(id);
    });

    test('in texts longer than one read of the binding', () => {
      const text = `${'x = "한😀"\n'.repeat(5_000)}after = 1\n`;
      const names = [...nodesIn(lowerText(parser, text).body)].filter((one) => one.type === 'name');
      expect(names).toHaveLength(5_001);
      for (const { id, start, end } of names) expect(text.slice(start, end)).toBe(id);
    });
  });

  describe('says whether there is an error', () => {
    test.each([
      ['', false],
      ['x = 1\n', false],
      ['x = (\n', true],
      ['def f(:\n', true],
      ['def f(x):\n    return x', false],
    ])('in %j', (text, wrong) => {
      const tree = parser.parse(text);
      expect(tree.hasError).toBe(wrong);
      tree.free();
    });
  });

  describe('does not stumble over', () => {
    test.each([
      ['nothing', ''],
      ['white space', ' \t\n\n'],
      ['a byte order mark alone', '\ufeff'],
      ['NUL alone', '\0'],
      ['NUL between statements', 'a = 1\0\nb = 2\n'],
      ['lone surrogates', '\ud800 = \udc00\n"\udfff'],
      ['form feeds', '\f\n\fdef f():\f\n    \fpass\n\f'],
      ['lone \\r', 'a = 1\rb = 2\rdef f():\r    pass\r'],
      ['\\r\\n cut in two', 'a = 1\r'],
      ['a backslash at the end', 'a = \\'],
      ['every control character', String.fromCharCode(...Array.from({ length: 160 }, (_, i) => i))],
      ['Unicode line ends, which Python does not know', 'a = 1\u2028b = 2\u0085c = 3\n'],
      ['Python 2', 'print "a"\nexec "b"\nprint >>f, x\nraise E, "m"\nexcept E, e:\n'],
      ['an unclosed string', 'x = "abc\ny = 1\n'],
      ['an unclosed f-string', 'x = f"{a\ny = 1\n'],
      ['an unclosed triple-quoted string', 'x = """abc\ndef f(): pass\n'],
      ['closing brackets alone', ')]}\n'],
      ['a huge string', `x = "${'a'.repeat(1_000_000)}"\n`],
      ['a huge triple-quoted string', `x = """${'a\n'.repeat(300_000)}"""\n`],
    ])('%s', (_, text) => {
      const { body, errors } = lowerText(parser, text);
      for (const { start, end } of [...nodesIn(body), ...errors]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(start).toBeLessThanOrEqual(end);
      }
      readBlocks(parser, text);
      expect(() => diagnose(parser, text)).not.toThrow();
    });

    test.each(Object.entries(deepTexts()))('%s', (_, text) => {
      const { body, errors } = lowerText(parser, text);
      expect(body.length + errors.length).toBeGreaterThan(0);
      // Plain data that code may walk recursively.
      expect(structuredClone(body)).toEqual(body);
      const inside = `async def outer(a):\n${text.replace(/^(?=.)/gm, '    ')}`;
      for (const one of [text, inside]) {
        expect(splitBlocks(one).length).toBeGreaterThan(0);
        expect(() => diagnose(parser, one)).not.toThrow();
      }
    });
  });

  describe('an edited tree gives what a fresh one gives', () => {
    const edits = fc.array(
      fc.record({
        at: fc.nat(1_000_000),
        remove: fc.nat(30),
        insert: fc.constantFrom(
          ...['x', ' ', '\n', '(', ')', '[', '"', '"""', '#', ':', '    ', '한', '😀', '\r\n'],
          ...['def f():\n', 'return x\n', 'class A:\n    pass\n', 'if x:\n        y()\n', ''],
        ),
      }),
      { minLength: 1, maxLength: 8 },
    );

    test('for small changes anywhere in real files', () => {
      fc.assert(
        fc.property(fc.constantFrom(...sources), edits, ({ text: before }, changes) => {
          const reader = incrementalReader(parser);
          let text = before;
          reader.read(text);
          for (const { at, remove, insert } of changes) {
            const start = at % (text.length + 1);
            text = text.slice(0, start) + insert + text.slice(start + remove);
            expect(reader.read(text)).toEqual(lowerText(parser, text));
          }
          reader.free();
        }),
        { numRuns: runs(60) },
      );
    });

    test('for a large block that keeps its tree', () => {
      const body = '    value = call(a, b)[0].name  # 주석\n'.repeat(700);
      const large = `def f(a, b):\n${body}`;
      expect(large.length).toBeGreaterThan(20_000);
      const reader = createBlockReader(parser);
      fc.assert(
        fc.property(edits, (changes) => {
          let text = large;
          for (const { at, remove, insert } of changes) {
            const start = at % (text.length + 1);
            text = text.slice(0, start) + insert + text.slice(start + remove);
            const source = { text, lead: '', isHeader: false };
            expect(reader.read('large', source)).toEqual(lowerText(parser, `${text}\n`));
          }
        }),
        { numRuns: runs(6) },
      );
    });
  });

  test('keeps only a few trees of large blocks, and gives right answers for all', () => {
    const reader = createBlockReader(parser);
    const textOf = (index: number) => `x = [\n${`    ${index},\n`.repeat(3_000)}]`;
    for (const round of [0, 1, 2])
      for (let index = 0; index < 7; index++) {
        const source = { text: textOf(index + round), lead: '', isHeader: false };
        const { body } = reader.read(`block ${index}`, source);
        const numbers = [...nodesIn(body)].filter((one) => one.type === 'number');
        expect(numbers).toHaveLength(3_000);
        expect(numbers[2_999]?.text).toBe(String(index + round));
      }
  });
}

describe('the wasm parser', () => {
  test('gives back the memory of a freed tree', () => {
    const text = sources.map((file) => file.text).join('\n');
    const parse = () => {
      const tree = wasm.parse(text);
      lower(tree, text, 0);
      return tree;
    };
    // The gauge works: trees that are kept need more and more.
    const start = wasmMemory();
    const kept = [];
    for (let i = 0; i < 500 && wasmMemory() === start; i++) kept.push(parse());
    const full = wasmMemory();
    expect(full).toBeGreaterThan(start);
    for (const tree of kept) tree.free();
    for (let i = 0; i < 2_000; i++) wasm.parse(text.slice(0, 4_000 + (i % 100))).free();
    for (let i = 0; i < 100; i++) parse().free();
    expect(wasmMemory()).toBe(full);
  });

  test.skipIf('missing' in native)(
    `gives the same nodes as the native one${'missing' in native ? ` (${native.missing})` : ''}`,
    () => {
      if ('missing' in native) return;
      expect(sources.length).toBeGreaterThan(10);
      for (const { text } of sources)
        expect(lowerText(native.parser, text)).toEqual(lowerText(wasm, text));
    },
  );
});

/** The whole analysis of a file; a rule that fails is thrown. */
function diagnose(parser: Parser, text: string) {
  return openWorkspace(parser, { 'main.py': text }).diagnose(pathOf('main.py'));
}

/** Reads one text after another, each from the edited tree of the last, as large blocks are read. */
function incrementalReader(parser: Parser) {
  let last: { text: string; tree: ReturnType<Parser['parse']> } | undefined;
  return {
    read(text: string): Lowered {
      const old = last;
      let tree: ReturnType<Parser['parse']> | undefined;
      if (old !== undefined && !old.tree.hasError) {
        old.tree.edit(changeBetween(old.text, text));
        tree = parser.parse(text, old.tree);
        if (tree.hasError) {
          tree.free();
          tree = undefined;
        }
      }
      tree ??= parser.parse(text);
      old?.tree.free();
      last = { text, tree };
      return lower(tree, text, 0);
    },
    free: () => last?.tree.free(),
  };
}

/** How often a property is tried: FASTAPI_MENTOR_RUNS is a factor. */
function runs(usual: number): number {
  return usual * Number(process.env.FASTAPI_MENTOR_RUNS ?? 1);
}

function deepTexts(): Record<string, string> {
  const many = (text: string) => text.repeat(DEPTH);
  const nested = (depth: number, lines: string, last: string) => {
    const level = (indent: number) => lines.replace(/^/gm, ' '.repeat(indent));
    return `${Array.from({ length: depth }, (_, i) => level(i)).join('\n')}\n${' '.repeat(depth)}${last}\n`;
  };
  return {
    '10,000 nested parentheses': `x = ${many('(')}1${many(')')}\n`,
    '10,000 open parentheses': `x = ${many('(')}\n`,
    '10,000 nested brackets': `x = ${many('[')}${many(']')}\n`,
    '10,000 nested braces': `x = ${many('{')}${many('}')}\n`,
    '10,000 nested calls': `x = ${many('f(')}${many(')')}\n`,
    '10,000 unary minuses': `x = ${many('-')}1\n`,
    '10,000 nots': `x = ${many('not ')}1\n`,
    'a.b.c… of 10,000': `x = a${many('.b')}\n`,
    'a()()()… of 10,000': `x = a${many('()')}\n`,
    'a[0][0]… of 10,000': `x = a${many('[0]')}\n`,
    'a+a+a… of 10,000': `x = a${many('+a')}\n`,
    'a**a**a… of 10,000': `x = a${many('**a')}\n`,
    'a and a… of 10,000': `x = a${many(' and a')}\n`,
    'a < a… of 10,000': `x = a${many(' < a')}\n`,
    '10,000 lambdas': `x = ${many('lambda: ')}1\n`,
    '10,000 conditionals': `x = ${many('1 if a else ')}1\n`,
    '10,000 strings side by side': `x = ${many('"a" ')}\n`,
    '10,000 nested f-strings': `x = ${many('f"{')}1${many('}"')}\n`,
    '10,000 targets': `${many('x = ')}1\n`,
    '10,000 generic types': `x: ${many('list[')}int${many(']')}\n`,
    '10,000 alternatives of a type': `x: int${many(' | int')}\n`,
    '10,000 elifs': `if a:\n    pass\n${many('elif b:\n    pass\n')}`,
    '10,000 decorators': `${many('@a\n')}def g(): pass\n`,
    '10,000 nested patterns': `match x:\n    case ${many('[')}${many(']')}: pass\n`,
    '1,000 nested ifs': nested(1_000, 'if a:', 'pass'),
    '2,000 nested comprehensions': `x = ${'[x for x in y if '.repeat(2_000)}1${']'.repeat(2_000)}\n`,
    '2,000 nested comprehensions, one level on': `x = -${'[x for x in y if '.repeat(2_000)}1${']'.repeat(2_000)}\n`,
    '2,000 nested iterables': `x = ${'[x for x in '.repeat(2_000)}y${']'.repeat(2_000)}\n`,
    '2,000 nested dictionaries': `x = ${'{a: '.repeat(2_000)}1${'}'.repeat(2_000)}\n`,
    '2,000 nested keywords': `x = ${'f(a='.repeat(2_000)}1${')'.repeat(2_000)}\n`,
    '2,000 nested keywords, one level on': `x = -${'f(a='.repeat(2_000)}1${')'.repeat(2_000)}\n`,
    '2,000 nested keywords, two levels on': `x = - -${'f(a='.repeat(2_000)}1${')'.repeat(2_000)}\n`,
    '2,000 nested defaults': `x = ${'lambda a='.repeat(2_000)}1${': 1'.repeat(2_000)}\n`,
    '1,000 nested elifs': nested(1_000, 'if a: pass\nelif b:', 'pass'),
    '500 nested functions': nested(500, 'def f():', 'pass'),
    '500 nested classes': nested(500, 'class A:', 'x = 1'),
  };
}
