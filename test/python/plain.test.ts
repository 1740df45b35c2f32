/** What is read without the parser is what the parser reads, over real files and over what only looks plain. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, headLength, splitBlocks } from '../../server/src/syntax/blocks.ts';
import { readPlain, readPlainHead } from '../../server/src/syntax/plain/block.ts';
import { parseBlock } from '../../server/src/syntax/read-block.ts';
import type { BlockSource } from '../../server/src/syntax/source.ts';
import { pythonFilesIn } from '../support/files.ts';
import { wasmParser } from '../support/parser.ts';
import { pythonEnvironment } from './environment.mjs';

const parser = await wasmParser();

type How = 'plain' | 'parsed';

function compare(source: BlockSource): How {
  const plain = readPlain(source);
  if (plain === undefined) return 'parsed';
  expect.soft({ body: [plain], errors: [] }, source.text).toEqual(parseBlock(parser, source));
  return 'plain';
}

/** The header of a function, beside what the parser reads of it with `pass` below. */
function compareHead(source: BlockSource): How {
  const plain = readPlainHead(source);
  if (plain === undefined) return 'parsed';
  const text = source.text.slice(0, headLength(source.text));
  const parsed = parseBlock(parser, { ...source, text, isHeader: true });
  expect.soft({ body: [plain], errors: [] }, source.text).toEqual(parsed);
  return 'plain';
}

/** The blocks of a text, as the analysis reads them. */
function sourcesOf(text: string): BlockSource[] {
  const sources: BlockSource[] = [];
  const visit = (blocks: readonly Block[]) => {
    for (const { start, textEnd, members } of blocks) {
      const [lead] = /[ \t]*$/.exec(text.slice(0, start)) ?? [''];
      sources.push({ text: text.slice(start, textEnd), lead, isHeader: members.length > 0 });
      visit(members);
    }
  };
  visit(splitBlocks(text));
  return sources;
}

const { docsSrc } = await pythonEnvironment();
const texts = pythonFilesIn(docsSrc).map(({ text }) => text);

/** Of how many blocks each was true. */
function count(sources: readonly BlockSource[], read: (source: BlockSource) => How) {
  const counts = { plain: 0, parsed: 0 };
  for (const source of sources) counts[read(source)]++;
  return { ...counts, share: counts.plain / sources.length };
}

describe('over the examples of the documentation, nearly all is plain and read alike', () => {
  test.each([
    ['as they are', (text: string) => text],
    ['with other line ends', (text: string) => text.replaceAll(/\r?\n/g, '\r\n')],
    [
      'with tabs',
      (text: string) => text.replaceAll(/^(?: {4})+/gm, (s) => '\t'.repeat(s.length / 4)),
    ],
  ])('%s', (_, change) => {
    const { plain, share } = count(
      texts.flatMap((text) => sourcesOf(change(text))),
      compare,
    );
    expect(plain).toBeGreaterThan(2_500);
    expect(share).toBeGreaterThan(0.99);
  });

  test('the headers of functions', () => {
    const functions = texts
      .flatMap(sourcesOf)
      .filter(({ text }) => /^(?:@.*\n\s*)*(?:async )?def /.test(text));
    const { plain, share } = count(functions, compareHead);
    expect(plain).toBeGreaterThan(500);
    expect(share).toBeGreaterThan(0.95);
  });
});

test('what is changed at random is plain only where the parser reads the same', () => {
  const sources = texts.flatMap(sourcesOf).filter(({ text }) => text.length < 1_500);
  const pieces = [...new Set(sources.flatMap(({ text }) => piecesOf(text)))];
  const change = fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...pieces));
  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  const counts = { plain: 0, parsed: 0 };
  fc.assert(
    fc.property(fc.constantFrom(...sources), changes, (source, changed) => {
      const own = piecesOf(source.text);
      for (const [at, removed, piece] of changed) own.splice(at % (own.length + 1), removed, piece);
      const result = { ...source, text: own.join('') };
      if (!isOneBlock(result)) return;
      const plain = readPlain(result);
      counts[plain === undefined ? 'parsed' : 'plain']++;
      if (plain !== undefined)
        expect({ body: [plain], errors: [] }, result.text).toEqual(parseBlock(parser, result));
    }),
    // Always the same: where the grammar finds an error in what Python accepts, the two differ, once in a million.
    { numRuns: 20_000, seed: 20_261_120 },
  );
  expect(counts.plain).toBeGreaterThan(500);
  expect(counts.parsed).toBeGreaterThan(500);
});

function piecesOf(text: string): string[] {
  return text.match(/\s+|\w+|"[^"\n]*"|'[^'\n]*'|[^\s\w]/g) ?? [];
}

/** Whether the text would be cut as it is. */
function isOneBlock({ text, lead, isHeader }: BlockSource): boolean {
  const before = lead === '' ? '' : `class _:\n${lead}`;
  const whole = before + text + (isHeader ? `\n${lead}    pass` : '');
  const [first, ...others] = splitBlocks(whole);
  const [block, ...siblings] = lead === '' ? [first] : (first?.members ?? []);
  if (block === undefined || others.length > 0 || siblings.length > 0) return false;
  return whole.slice(block.start, block.textEnd) === text;
}

test.each([
  'a,',
  'f(),',
  'import a\\\n    .b',
  'import a',
  'import a.b as c, d',
  'from . import x',
  'from ..a.b import (x as y, z,)',
  'from a import *',
  'from __future__ import annotations',
  'from a import b   ',
  'x',
  'x = 1',
  'a.b[0] = c = "d"',
  'x: int',
  'x: Annotated[int | None, Query(alias="a b")] = None',
  'x: Callable[[int], str] = ...',
  'app.include_router(\n    users.router,\n    prefix="/users",\n    tags=["users"],\n)',
  'router = APIRouter(responses={404: {"description": "Not found"}})',
  'x = (1, 2.5, )',
  'x = ()',
  'x = ""',
  "'''a\nb \"c\"'''",
  'f(g(a)(b)[c].d, e=[],)',
  'import match',
  'from a import print',
  'from a import b  # why',
  'x = 1  # why',
  'x = f"{y}"',
  "x = 'a' 'b'",
  "x = b'a'",
  "x = '\\n'",
  'x = (1)',
  'x = -1',
  'x = a + b',
  'x = a if b else c',
  'x = lambda: 1',
  'x = not y',
  'x = [a for a in b]',
  'x = {1, 2}',
  'x = {**a}',
  'x = f(*a)',
  'x = f(**a)',
  'x = f(a for a in b)',
  'x = a[1:2]',
  'x = a[b,]',
  'x = 0x1f',
  'x = 1_000',
  'x = 1e5',
  'x = 1.',
  'x = await y',
  'x += 1',
  'x |= 1',
  'x == 1',
  'x = y == 1',
  'x, y = 1, 2',
  '(x, y) = z',
  'match = 1',
  'print(a)',
  'del x',
  'return x',
  'x = f(print=1)',
  'x = \\\n    1',
  'if x:\n    y = 1',
  'from a import (\n    b,\n    c as d,\n)',
  'from a import (\n    b,\n    c as d,\n    )',
  'from a import (b,\n        c)',
  'def f():\n    from a import (\n    b,\n    )\n    x',
  'f(\na,\n)',
  'def f():\n    x = g(\na,\n)\n    y',
  'x[:, 1]',
  'x = not a in b',
  'x = a if b else lambda: c',
  'x = lambda: (yield)',
  'x = lambda *a, k=1, **b: a',
  'x = lambda *, k: a',
  'x = [*a, *b]',
  'f(*a, **b)',
  'f(*a.b, **c(d))',
  'x = *a, b',
  'for x in *a, b: pass',
  'for x, in y: pass',
  'return',
  'return a,',
  'x = yield',
  'x = yield a, b',
  'yield',
  'x: list[int] | None = None',
  'x: "A" = b',
  'a = b = c, d',
  'a, b = c = d',
  '(a, b) = c',
  '[a, b] = c',
  'a.b, c[d] = e',
  'a, *b = c',
  'x = -1 ** 2',
  'x = 2 ** -1',
  'x = a < b < c',
  'x = a is not b',
  'x = a not in b',
  'x = a and b or not c',
  'x = {**a, "b": 1}',
  'x = {a: b for a, b in c if d}',
  'x = {a for a in b}',
  'x = (a for a in b)',
  'f(a for a in b)',
  'f((a for a in b))',
  'f(a, (b for b in c))',
  'x = [a async for a in b]',
  'x = [a for a in b if c if d for e in f]',
  'x = f"{a!r:>{w}} {b=} {{c}}"',
  'x = f"{a:%Y-%m-%d}"',
  'x = f"" "b"',
  'x = "a" f"{b}" \'c\'',
  'x = b"a" b"b"',
  'x = 0x1f + 1_000 + 1e5 + 1. + .5 + 1j',
  'assert a, "b"',
  'assert (a, b)',
  'del a, b',
  'del a[b]',
  'global a, b',
  'raise A from b',
  'raise',
  'try:\n    a\nexcept:\n    b',
  'try:\n    a\nexcept (A, B) as e:\n    b\nelse:\n    c\nfinally:\n    d',
  'try:\n    a\nfinally:\n    b',
  'with a as b, c: d',
  'with (a as b, c as d,):\n    e',
  'with a.b(c) as (d, e): f',
  'async def f():\n    async with a: b\n    async for c in d: e',
  'while a: b\nelse: c',
  'if a: b\nelif c: d\nelse: e',
  'if (n := f()): g',
  'if n := f(): g',
  'type: int = 1',
  'type = 1',
  'x = type(a)',
  'a.exec(b)',
  'a.print',
  'f(type=1, match=2, print=3)',
  'x = print',
  'f(print)',
  'x = a[b:c, ::d, e]',
  'x = a[:]',
  'class A(B, metaclass=C):\n    x = 1\n    def f(self): pass',
  '@a\n@b.c(d)\nclass A: pass',
  'def f(a, /, b, *, c: int = 1, **d) -> None: ...',
  'def f(*args: int, k): pass',
  'def f(a,): pass',
  'def f(\n    a,  # x\n    b,\n):  # y\n    """d"""',
  'x = """a\n  b"""',
  'x = a.\\\n  b',
  'x = (a +  # c\n  b)',
  'x @= y',
  'x //= (yield)',
  'x: int = yield',
  'a[b]: int = 1',
  'f(a)(b)[c].d',
  'x = a @ b',
  'x = ~a',
  'x = - - a',
  'x = not not a',
  'x = a or b if c else d',
  'x = [a if b else c for d in e]',
  'x = (a, b)',
  'x = (a,)',
  'x = ((a))',
  'x = ((a) + b)',
  'f((a))',
  'f(x=(a))',
  '(a).b()',
  'x = a if (b) else (c)',
  'x = ("a" "b")',
  'x = ("a"\n     "b")',
  'async def f(): await a, b',
  'def f(): # c\n    # d\n    x # e\n    # f',
  'if a:\n    b\n# c\nelse:\n    d',
  'if a:\n    b\n    # c\nelse:\n    d\n  # e',
  'if a: b # c\n    # d\n',
  '@a\n# c\ndef f(): pass',
  '@a  # c\n\ndef f(): pass',
  'x = ...',
  'x = None if a is None else b',
  'x = a<b',
  'def f(a=1, b): pass',
  'f(a=1, b)',
  'f(**a, b)',
  'from . import a',
  'from .. a import b',
  'from .a.b import *',
  'from ... import a',
  'nonlocal a',
  'break',
  'continue',
  'pass',
  'lambda: 1',
  'x = a.b.c[d](e).f',
  'f(a)(\n)',
  'x = f(\n    a, b=c,\n)',
  'x = a ** b ** c',
  'x = (await a).b',
  'x = await a.b(c)[d]',
  'await a',
  '[a]',
  '{}',
  '{a}',
  '{a: b}',
  'a if b else c',
  'x: Callable[[int], str]',
  'x: a.b[c](d)',
  'x: Literal["a", 1]',
  'x: Annotated[int, Query(ge=1)]',
  'x: Optional["A"] = None',
  'x: type[A]',
  'x: list[type]',
  'def f(type: str, match=None): pass',
  'def f(*, type): pass',
  'x: Annotated[\n    int, f(a)\n] = None',
  'x = a  \n',
  'x = a\\\n',
  'x = u"a"',
  'x = rb"\\a"',
  'x = Rb"a"',
  'x = f"{a}\\n"',
  'x = f"{a[\'b\']}"',
  'x = f"{a:{b}.{c}}"',
  'x = f"{a!r}"',
  'x = f"{(a)!r}"',
  'x = f"{a if b else c}"',
  'x = f"{lambda x: 1}"',
  'x = f"{ a }"',
  'x = f"{a }b{ c}"',
  'x = f"""a\n{b}\n"""',
  'x = f"{a: >10}"',
  'x = f"{{}}"',
  'x = f"{{{a}}}"',
  'x = f"{a}{b}"',
  'x = "\\\n"',
  'x = "a\\"b"',
  "x = '''a\\'''b'''",
])('%j is plain', (text) => {
  for (const lead of ['', '    '])
    expect(compare({ text: text.replaceAll('\n', `\n${lead}`), lead, isHeader: false })).toBe(
      'plain',
    );
});

test('a list of imports in brackets is plain where no line stands before the statement', () => {
  const text = 'from a import (\n    b,\n    c as d,\n)';
  expect(compare({ text, lead: '', isHeader: false })).toBe('plain');
  expect(compare({ text, lead: '    ', isHeader: false })).toBe('parsed');
});

test.each([
  'from a import b as class',
  'import a as in',
  'from a import (b, c',
  'from a import ()',
  'from a import b,',
  'from import b',
  'import a; import b',
  'from 가 import b',
  'importa b',
  'x = 1if y else 2',
  'x = é',
  'x = aé',
  'x = y.',
  'x = y(',
  'x = y)',
  'x = ]',
  'x = "a',
  'x = y; z = 1',
  'f() = 1',
  '1 = x',
  'x: int = ',
  'x = ',
  'type X = int',
  'print "a"',
  'exec("a")',
  'def f():\n    from a import (\n        b,\n)\n    x',
  'def f():\n    from a import (\n        b,\n  c\n    )\n    x',
  'x = (a\n',
  '(a) = b',
  'del (a)',
  'with (a, b):\n    c',
  'with (a): b',
  'print(a).b',
  'print (a)',
  'print(a), b',
  'print',
  'type(x)',
  'exec(a)',
  'x = 1; y = 2',
  'x = a[b:=c]',
  '(a): int = 1',
  'def f():\n    x\n\ty',
  'def f():\n        x\n    y',
  'x = a if b',
  'x = a b',
  'x = (a b)',
  'x == 1 = 2',
  'x = = 1',
  'x = 1 +',
  'f(a for a in b, c)',
  'import a,',
  'from a import b as c,',
  'try:\n    a\nexcept A: b\nexcept* B: c',
  'x = await a ** b',
  'x: Literal[-1]',
  'x: int if a else b',
  'x: (int)',
  'x = fr"{a}\\d"',
  'x = f"{a["b"]}"',
  'x = f"{a,b}"',
  'x = f"{a:}"',
  'x = f"{a:>10 }"',
  'x = f"{a!r:}"',
  'x = f"\\{a}"',
])('%j goes to the parser', (text) => {
  for (const lead of ['', '    '])
    expect(compare({ text: text.replaceAll('\n', `\n${lead}`), lead, isHeader: false })).toBe(
      'parsed',
    );
});

test.each([
  `a${'.b'.repeat(1_000)}`,
  `a${'()'.repeat(1_000)}`,
  `x: ${Array(1_000).fill('a').join(' | ')}`,
  `x = ${'['.repeat(100)}${']'.repeat(100)}`,
])('what is deeper than anybody writes goes to the parser (%#)', (text) => {
  expect(compare({ text, lead: '', isHeader: false })).toBe('parsed');
});

test.each([
  ['class A:', 'plain'],
  ['class A(B, c.D):', 'plain'],
  ['class A(B, metaclass=C):', 'plain'],
  ['class A(Generic[T]):', 'plain'],
  ['class A():', 'plain'],
  ['class A(B,):', 'plain'],
  ['@dataclass\n{}class A:', 'plain'],
  ['class A(lambda):', 'parsed'],
  ['class A(*b):', 'plain'],
  ['class A[T]:', 'parsed'],
  ['class A:  # why', 'plain'],
] as const)('the header %j is %s', (text, how) => {
  for (const lead of ['', '    '])
    expect(compare({ text: text.replace('{}', lead), lead, isHeader: true })).toBe(how);
});

test.each([
  ['def f():', 'plain'],
  ['async def f(a, b: int, *, c: str = "x", d=None, **e: Any) -> list[int] | None:', 'plain'],
  ['def f(a, /, b, *args: int, c):', 'plain'],
  ['@a\n@b.c(d, e=f)\ndef g(\n    self,\n    x: Annotated[X, Depends()],\n) -> "A":', 'plain'],
  ['def f(a, (b, c)):', 'parsed'],
  ['def f(a=1+1):', 'plain'],
  ['def f(a: int = Query(..., ge=-1)):', 'plain'],
  ['def f[T](a: T):', 'parsed'],
  ['def f(print):', 'plain'],
  ['def f(a,,):', 'parsed'],
  ['def f(*a=1):', 'parsed'],
  ['def f(a) -> :', 'parsed'],
  ['def f(a):  # why', 'plain'],
  ['def  f(a):', 'plain'],
  ['async  def f(a):', 'plain'],
  ['@a  # why\ndef f():', 'plain'],
  ['@a\n\ndef f():', 'plain'],
  ['@a\nclass A:', 'parsed'],
] as const)('the function %j is %s', (header, how) => {
  for (const lead of ['', '    ']) {
    const text = `${header}\n    x = 1\n    return x`.replaceAll('\n', `\n${lead}`);
    expect(compareHead({ text, lead, isHeader: false })).toBe(how);
  }
});

test.each(['def f(): return 1', 'def f():\n', 'def f():', 'def f():\n    '])(
  'a function without a body below, %j, goes to the parser',
  (text) => {
    expect(compareHead({ text, lead: '', isHeader: false })).toBe('parsed');
  },
);
