import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleFiles, toolFiles } from '../../../test/support/files.ts';
import { allBlocks, readBlocks } from '../../../test/support/nodes.ts';
import { wasmParser } from '../../../test/support/parser.ts';
import { type Block, splitBlocks } from './blocks.ts';

const parser = await wasmParser();

/** `key{members}` of each block, side by side. */
function outline(blocks: readonly Block[]): string {
  return blocks
    .map(({ key, members }) => {
      const own = key.slice(key.lastIndexOf('/') + 1);
      return members.length > 0 ? `${own}{${outline(members)}}` : own;
    })
    .join(' ');
}

const keysOf = (text: string) => outline(splitBlocks(text));

describe('a file is cut', () => {
  test.each([
    ['nothing', '', ''],
    ['white space and comments', '\n  \n# only\n\t\n', ''],
    ['a statement', 'x = 1\n', 'x~0'],
    ['the same name twice', 'x = 1\nx = 2\ny = 3\n', 'x~0 x~1 y~0'],
    ['a call', 'app.include_router(router)\n', 'app.include_router~0'],
    ['imports', 'import a.b\nfrom .c import d\nfrom x import y\n', 'import a.b~0 from .c~0 from x~0'],
    ['what has no name', '(a, b) = 1, 2\n"""doc"""\n', '~0 ~1'],
    ['a function', 'def f(a,\n      b):\n    return a\n\n\ndef g(): pass\n', 'f~0 g~0'],
    ['an async function', 'async def f():\n    pass\nasync  def\tg(): pass\n', 'f~0 g~0'],
    ['a body that begins with a comment', 'def f():\n# here\n    pass\nx = 1\n', 'f~0 x~0'],
    ['comments of any depth between', 'def f():\n    a\n# one\n  # two\n    b\nx = 1\n', 'f~0 x~0'],
    ['decorators', '@a\n@b(1,\n   2)\n# note\n@c\n\ndef f():\n    pass\nx = 1\n', 'f~0 x~0'],
    ['a decorated class', '@a\nclass A:\n    @b\n    def f(self): pass\n    x = 1\n', 'A~0{f~0 x~0}'],
    ['a decorator of nothing', '@a\n', 'a~0'.replace('a~0', '~0')],
    ['a decorator before a statement', '@a\nx = 1\ny = 2\n', 'x~0 y~0'],
    ['if with clauses', 'if a:\n    b\nelif c:\n    d\nelse:\n    e\nx = 1\n', 'if~0 x~0'],
    ['try with clauses', 'try:\n    a\nexcept E:\n    b\nexcept* F:\n    c\nelse :\n    d\nfinally:\n    e\nx = 1\n', 'try~0 x~0'],
    ['loops with else', 'for a in b:\n    c\nelse:\n    d\nwhile a:\n    b\nelse:\n    c\nx\n', 'for~0 while~0 x~0'],
    ['with', 'with a as b, \\\n        c as d:\n    e\nx = 1\n', 'with~0 x~0'],
    ['match', 'match a:\n    case 1:\n        b\n    case _:\n        c\nmatch = 1\n', 'match~0 match~1'],
    ['names that only begin like clauses', 'elsewhere = 1\nfinally_ = 2\nexcepted = 3\n', 'elsewhere~0 finally_~0 excepted~0'],
    ['semicolons', 'a = 1; b = 2\nc = 3;\n', 'a~0 c~0'],
    ['a line continuation', 'a = 1 + \\\n2\nb = \\\r\n    3\nc = 4\n', 'a~0 b~0 c~0'],
    ['a continuation before a definition', 'x = \\\ndef f():\n    pass\n', 'x~0'],
    ['brackets over lines', 'x = [\n1,\n2,\n]\ny = {\n  "a": (\n1)}\nz = 1\n', 'x~0 y~0 z~0'],
    ['statements inside brackets', 'x = [\n    a for a in b\n    if a\n]\ny = (\nlambda: 1\n)\n', 'x~0 y~0'],
    ['tabs', 'class A:\n\tdef f(self):\n\t\tpass\n\tx = 1\ny = 1\n', 'A~0{f~0 x~0} y~0'],
    ['tabs and spaces', 'class A:\n        def f(self):\n\t\tpass\n\tx = 1\n', 'A~0{f~0 x~0}'],
    ['nested classes', 'class A:\n    class B:\n        def f(self): pass\n        x = 1\n    y = 1\n', 'A~0{B~0{f~0 x~0} y~0}'],
    ['a class with only a docstring', 'class A:\n    """Doc."""\nx = 1\n', 'A~0{~0} x~0'],
    ['a class on one line', 'class A: pass\nclass B(A): x = 1; y = 2\nz = 1\n', 'A~0 B~0 z~0'],
    ['a class without a body', 'class A:\nx = 1\n', 'A~0 x~0'],
    ['a class with bases over lines', 'class A(\n    B,\n    C,\n):\n    x = 1\n', 'A~0{x~0}'],
    ['overloads', 'class A:\n    @overload\n    def f(self): ...\n    @overload\n    def f(self, a): ...\n', 'A~0{f~0 f~1}'],
    ['Unicode names', 'def 함수():\n    pass\nclass Ünï:\n    def größe(self): pass\n값 = 1\n', '함수~0 Ünï~0{größe~0} 값~0'],
    ['\\r\\n', 'def f():\r\n    pass\r\n\r\nclass A:\r\n    x = 1\r\n    y = 2\r\n', 'f~0 A~0{x~0 y~0}'],
    ['lone \\r', 'def f():\r    pass\rx = 1\r', 'f~0 x~0'],
    ['a byte order mark', '\ufeffx = 1\ny = 2\n', 'x~0 y~0'],
    ['a form feed before a definition', 'x = 1\n\fdef f():\n    pass\n\f\ny = 1\n', 'x~0 f~0 y~0'],
    ['a file that begins indented', '    x = 1\n    y = 2\n', 'x~0 y~0'],
    ['a dedent to nowhere', 'def f():\n        a\n    b\nx = 1\n', 'f~0 x~0'],
    ['a dedent to nowhere in a class', 'class A:\n        x = 1\n    y = 2\nz = 3\n', 'A~0{x~0 y~0} z~0'],
    ['an indent out of nowhere', 'x = 1\n    y = 2\nz = 3\n', 'x~0 z~0'],
    ['generics', 'def f[T](x: T): pass\nclass A[T]:\n    x = 1\ntype X = int\n', 'f~0 A~0{x~0} type~0'],
  ])('%s', (_, text, expected) => expect(keysOf(text)).toBe(expected)); // biome-ignore format: one case, one line
});

describe('strings do not end blocks', () => {
  const prefixes = ['', 'r', 'b', 'u', 'f', 't', 'rb', 'bR', 'Rb', 'fr', 'rF', 'tr', 'RT'];
  test.each(prefixes)('with the prefix "%s"', (prefix) => {
    const q = '"""';
    for (const text of [
      `x = ${prefix}"a # ( ' b"\ny = 1\n`,
      `x = ${prefix}'a # [ " b'\ny = 1\n`,
      `x = ${prefix}${q}\ndef f():\n    "( # \n${q}\ny = 1\n`,
      `x = ${prefix}'''\nclass A:\n    ""\n'''\ny = 1\n`,
      `x = ${prefix}"a\\"("\ny = 1\n`,
      `x = ${prefix}"a\\\\"\ny = 1\n`,
      `x = ${prefix}${q}a\\${q}("${q}\ny = 1\n`,
      `x = ${prefix}"a\\\ndef b"\ny = 1\n`,
      `x = ${prefix}""\ny = 1\n`,
      `x = ${prefix}"" ${prefix}'('\ny = 1\n`,
    ])
      expect([text, keysOf(text)]).toEqual([text, 'x~0 y~0']);
  });

  test.each([
    ['quotes of its own kind (3.12)', 'x = f"{a["b"]}"\ny = 1\n'],
    ['a bracket in quotes of its own kind (3.12)', 'x = f"{a["("]}"\ny = 1\n'],
    ['nested f-strings (3.12)', 'x = f"{f"{f"{1}"}"}"\ny = 1\n'],
    ['a hash in quotes of its own kind (3.12)', 'x = f"{a["#"]} ("\ny = 1\n'],
    ['line ends in a part (3.12)', 'x = f"{\n    a\n}"\ny = 1\n'],
    ['a comment in a part (3.12)', 'x = f"{ # (\n    a\n}"\ny = 1\n'],
    ['braces written twice', 'x = f"{{ ( {a} }}"\ny = 1\n'],
    ['a format with quotes', "x = f'{a:>{width}} {b!r:\"^9}'\ny = 1\n"],
    ['a lambda and a dictionary', 'x = f"{(lambda: {1: 2})()}"\ny = 1\n'],
  ])('an f-string with %s', (_, text) => expect(keysOf(text)).toBe('x~0 y~0'));
});

describe('what is not closed ends where the next definition starts', () => {
  test.each([
    ['a bracket before a function', 'x = (1,\ndef f():\n    pass\n', 'x~0 f~0'],
    ['a bracket before a decorator', 'x = foo(\n@app.get("/")\ndef f():\n    pass\n', 'x~0 f~0'],
    ['a bracket before an import', 'x = [1\nimport os\nfrom a import b\n', 'x~0 import os~0 from a~0'],
    ['a bracket in a function', 'def f():\n    x = (1\n\ndef g():\n    pass\n', 'f~0 g~0'],
    ['a bracket in the parameters', 'def f(a,\ndef g():\n    pass\n', 'f~0 g~0'],
    ['a bracket in a method', 'class A:\n    def f(self):\n        x = [1\n\n    def g(self):\n        pass\n\n    async def h(self): pass\n', 'A~0{f~0 g~0 h~0}'],
    ['a bracket in a class variable', 'class A:\n    x = {\n    def f(self): pass\n', 'A~0{x~0 f~0}'],
    ['a bracket in the bases', 'class A(B:\n    def f(self): pass\nclass C: pass\n', 'A~0{f~0} C~0'],
    ['a bracket in a decorator', '@app.get("/"\ndef f():\n    pass\nx = 1\n', 'f~0 x~0'],
    ['a string', 'x = "abc\ny = 1\ndef f(): pass\n', 'x~0 y~0 f~0'],
    ['a triple-quoted string at the top', 'x = """abc\ny = 1\ndef f():\n    pass\n', 'x~0 f~0'],
    ['a triple-quoted string in a function', 'def f():\n    x = """abc\n    y\n\ndef g():\n    pass\n', 'f~0 g~0'],
    ['a docstring', 'def f():\n    """Doc.\n    return 1\n\nclass A:\n    x = 1\n', 'f~0 A~0{x~0}'],
    ['a closing bracket too much', 'x = 1)\ny = (2))\ndef f(): pass\n', 'x~0 y~0 f~0'],
    ['a bracket of another kind', 'x = (1]\ndef f(): pass\ny = 1\n', 'x~0 f~0 y~0'],
    ['an f-string in an f-string', 'x = f"{f"{a}"\ny = 1\ndef f(): pass\n', 'x~0 y~0 f~0'],
    ['an f-string over lines', 'x = f"{\n    a\ndef f(): pass\n', 'x~0 f~0'],
  ])('%s', (_, text, expected) => expect(keysOf(text)).toBe(expected)); // biome-ignore format: one case, one line
});

test('a block holds its decorators, its body and a comment at its end', () => {
  const text = '# before\n@a\ndef f():\n    pass  # end\n    # after\n\nx = 1  # x\n';
  expect(splitBlocks(text).map(({ start, end }) => text.slice(start, end))).toEqual([
    '@a\ndef f():\n    pass  # end',
    'x = 1  # x',
  ]);
});

test('a class ends its own text at its header', () => {
  const text = '@a\nclass A(B):  # note\n    x = 1\n\n    def f(self):\n        pass\n';
  const [block] = splitBlocks(text);
  expect(block && text.slice(block.start, block.textEnd)).toBe('@a\nclass A(B):  # note');
  expect(block && text.slice(block.start, block.end)).toBe(text.trimEnd());
  expect(block?.members.map(({ start, end }) => text.slice(start, end))).toEqual([
    'x = 1',
    'def f(self):\n        pass',
  ]);
  expect(block?.members.map(({ kind }) => kind)).toEqual(['statement', 'function']);
});

test('a file of many lines is cut in a moment', () => {
  const text = 'def f(a):\n    return [a, "b", {"c": 1}]  # d\n\n'.repeat(50_000);
  const start = performance.now();
  expect(splitBlocks(text)).toHaveLength(50_000);
  expect(performance.now() - start).toBeLessThan(2_000);
});

const files = [...sampleFiles(), ...toolFiles()].map(({ text }) => text);

const fragments = fc.constantFrom(
  ...['def f', '(', ')', ':', '\n', '\n    ', '\n\t', '\n        ', 'class A', '@a', 'async ', '"'],
  ...["'", '"""', "'''", '#', '\\', '\\\n', '\r\n', '\r', '\f', '\ufeff', '{', '}', '[', ']', 'f"'],
  ...['rb"', 'else:', 'except', 'finally:', 'elif', 'if x', 'match x', 'case', ';', 'x', '=', ' '],
  ...['한글', '😀', '\0', '\ud800', 'import a', 'from . import b', 'pass', 'return', '`', '?'],
);
const anyText = fc.oneof(
  fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .tuple(fc.constantFrom(...files), fc.nat(), fc.nat(60), fragments)
    .map(([text, at, remove, insert]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + insert + text.slice(start + remove);
    }),
);

describe('of any text', () => {
  test('the blocks are in order, apart, named apart, and hold all of the code', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const blocks = splitBlocks(text);
        expect(splitBlocks(text)).toEqual(blocks);
        const keys = allBlocks(blocks).map((block) => block.key);
        expect(new Set(keys).size).toBe(keys.length);
        const covered = checkOrder(blocks, 0, text.length);
        expect(uncovered(text, covered)).toBe('');
      }),
      { numRuns: 1_500 },
    );
  });

  test('a block cut alone is one block of the same kind', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), (text) => {
        for (const block of splitBlocks(text)) {
          const [alone, ...rest] = splitBlocks(text.slice(block.start, block.end));
          expect(rest).toEqual([]);
          expect(alone?.kind).toBe(block.kind);
          expect(alone?.members.length).toBe(block.members.length);
        }
      }),
    );
  });
});

/** The stretches that blocks call their own, after a look at their order. */
function checkOrder(blocks: readonly Block[], from: number, to: number): [number, number][] {
  const own: [number, number][] = [];
  let at = from;
  for (const { start, end, textEnd, members, key, kind } of blocks) {
    expect(start).toBeGreaterThanOrEqual(at);
    expect(textEnd).toBeGreaterThan(start);
    expect(end).toBeGreaterThanOrEqual(textEnd);
    own.push([start, textEnd]);
    if (members.length === 0) expect(textEnd).toBe(end);
    else {
      expect(kind).toBe('class');
      for (const member of members) expect(member.key.startsWith(`${key}/`)).toBe(true);
      own.push(...checkOrder(members, textEnd, end));
      expect(members[members.length - 1]?.end).toBe(end);
    }
    at = end;
  }
  expect(at).toBeLessThanOrEqual(to);
  return own;
}

/** What is in no block and is neither blank nor a comment. */
function uncovered(text: string, covered: readonly [number, number][]): string {
  let rest = '';
  let at = 0;
  for (const [start, end] of covered) {
    rest += `${text.slice(at, start)}\n`;
    at = end;
  }
  rest += text.slice(at);
  return rest.replace(/^\ufeff/, '').replace(/#[^\r\n]*/g, '').replace(/[ \t\f\r\n]/g, ''); // biome-ignore format: fits
}

describe('a syntax error in one function hides nothing in another', () => {
  test('whichever bracket or quote of a real file is missing', () => {
    const broken = fc.constantFrom(...files.filter((text) => /^(?:def|class) /m.test(text)));
    let compared = 0;
    fc.assert(
      fc.property(broken, fc.nat(), (text, choice) => {
        const marks = [...text.matchAll(/[()[\]{}"']/g)].map((match) => match.index);
        const at = marks[choice % marks.length] ?? 0;
        const damaged = text.slice(0, at) + text.slice(at + 1);
        const next = /^(?:async def|def|class|@)/m.exec(text.slice(at + 1));
        if (next === null) return;
        const from = at + 1 + next.index;
        const before = readBlocks(parser, text).filter(({ block }) => block.start >= from);
        const after = readBlocks(parser, damaged).filter(({ block }) => block.start >= from - 1);
        expect(after.map(({ block, lowered }) => [block.start + 1, block.kind, lowered])).toEqual(
          before.map(({ block, lowered }) => [block.start, block.kind, lowered]),
        );
        compared += before.length;
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  test('whichever bracket of a method is missing', () => {
    const method = (name: string) =>
      `    def ${name}(self, a):\n        return self.call(a, [1, {"k": (2)}])\n\n`;
    const text = `class A:\n${method('f')}${method('g')}${method('h')}`;
    const second = text.indexOf('def g');
    for (let at = 0; at < second; at++) {
      if (!/[()[\]{}"]/.test(text.charAt(at))) continue;
      const damaged = text.slice(0, at) + text.slice(at + 1);
      const after = readBlocks(parser, damaged).filter(({ block }) => /\/[gh]~0$/.test(block.key));
      const before = readBlocks(parser, text).filter(({ block }) => /\/[gh]~0$/.test(block.key));
      expect(after.map((one) => one.lowered)).toEqual(before.map((one) => one.lowered));
      expect(after).toHaveLength(2);
    }
  });
});
