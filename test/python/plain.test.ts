/** What is read without the parser is what the parser reads, over real files and over what only looks plain. */
import { expect, test } from 'vitest';
import { type Block, headLength, splitBlocks } from '../../server/src/syntax/blocks.ts';
import { readPlain, readPlainHead } from '../../server/src/syntax/plain.ts';
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

type Kind = 'imports' | 'classes' | 'functions' | 'others';

function compareAll(folder: string) {
  const counts: Record<Kind, Record<How, number>> = {
    imports: { plain: 0, parsed: 0 },
    classes: { plain: 0, parsed: 0 },
    functions: { plain: 0, parsed: 0 },
    others: { plain: 0, parsed: 0 },
  };
  const visit = (text: string, blocks: readonly Block[]) => {
    for (const block of blocks) {
      const own = text.slice(block.start, block.textEnd);
      const line = text.slice(text.lastIndexOf('\n', block.start - 1) + 1, block.start);
      const source = { text: own, lead: line.trim() === '' ? line : '', isHeader: false };
      if (block.kind === 'function') {
        counts.functions[compareHead(source)]++;
        continue;
      }
      const isHeader = block.members.length > 0;
      const isImport = /^(?:from|import)\b/.test(own);
      const kind = isHeader ? 'classes' : isImport ? 'imports' : 'others';
      counts[kind][compare({ ...source, isHeader })]++;
      visit(text, block.members);
    }
  };
  for (const { text } of pythonFilesIn(folder)) visit(text, splitBlocks(text));
  return counts;
}

/** How much of them is plain. */
const share = ({ plain, parsed }: Record<How, number>) => plain / (plain + parsed);

test('over the examples of the documentation, most is plain and read alike', async () => {
  const { docsSrc } = await pythonEnvironment();
  const { imports, classes, functions, others } = compareAll(docsSrc);
  expect(imports.plain).toBeGreaterThan(800);
  expect(share(imports)).toBeGreaterThan(0.95);
  expect(share(classes)).toBeGreaterThan(0.95);
  expect(functions.plain).toBeGreaterThan(500);
  expect(share(functions)).toBeGreaterThan(0.9);
  expect(share(others)).toBeGreaterThan(0.7);
});

test.each([
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
  'router = APIRouter(responses={404: {"description": "Not found"}, **{}})'.replace(', **{}', ''),
  'x = (1, 2.5, )',
  'x = ()',
  'x = ""',
  "'''a\nb \"c\"'''",
  'f(g(a)(b)[c].d, e=[],)',
])('%j is plain', (text) => {
  for (const lead of ['', '    ', '\t'])
    expect(compare({ text, lead, isHeader: false })).toBe('plain');
});

test('a list of imports in brackets is plain at the start of a line only', () => {
  const text = 'from a import (\n    b,\n    c as d,\n)';
  expect(compare({ text, lead: '', isHeader: false })).toBe('plain');
  expect(compare({ text, lead: '    ', isHeader: false })).toBe('parsed');
});

test.each([
  'import match',
  'from a import print',
  'from a import b as class',
  'import a as in',
  'from a import (b, c',
  'from a import ()',
  'from a import b,',
  'from import b',
  'import a; import b',
  'from a import b  # why',
  'from 가 import b',
  'importa b',
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
  'x = a[()]'.replace('()', 'b,'),
  'x = 0x1f',
  'x = 1_000',
  'x = 1e5',
  'x = 1.',
  'x = 1if y else 2',
  'x = await y',
  'x += 1',
  'x |= 1',
  'x == 1',
  'x = y == 1',
  'x, y = 1, 2',
  '(x, y) = z',
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
  'match = 1',
  'type X = int',
  'print "a"',
  'print(a)',
  'exec("a")',
  'del x',
  'return x',
  'x = f(print=1)',
  'x = \\\n    1',
  'if x:\n    y = 1',
])('%j goes to the parser', (text) => {
  for (const lead of ['', '    ']) expect(compare({ text, lead, isHeader: false })).toBe('parsed');
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
  ['class A(*b):', 'parsed'],
  ['class A[T]:', 'parsed'],
  ['class A:  # why', 'parsed'],
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
  ['def f(a=1+1):', 'parsed'],
  ['def f(a: int = Query(..., ge=-1)):', 'parsed'],
  ['def f[T](a: T):', 'parsed'],
  ['def f(print):', 'parsed'],
  ['def f(a,,):', 'parsed'],
  ['def f(*a=1):', 'parsed'],
  ['def f(a) -> :', 'parsed'],
  ['def f(a):  # why', 'parsed'],
  ['def  f(a):', 'parsed'],
  ['async  def f(a):', 'parsed'],
  ['@a  # why\ndef f():', 'parsed'],
  ['@a\n\ndef f():', 'parsed'],
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
