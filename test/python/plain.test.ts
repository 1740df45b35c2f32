/** What is read without the parser is what the parser reads, over real files and over what only looks plain. */
import { expect, test } from 'vitest';
import { splitBlocks } from '../../server/src/syntax/blocks.ts';
import { lower } from '../../server/src/syntax/lower.ts';
import { readPlain } from '../../server/src/syntax/plain.ts';
import { pythonFilesIn } from '../support/files.ts';
import { wasmParser } from '../support/parser.ts';
import { pythonEnvironment } from './environment.mjs';

const parser = await wasmParser();

function compare(text: string, isHeader: boolean): 'plain' | 'parsed' {
  const plain = readPlain({ text, lead: '', isHeader });
  if (plain === undefined) return 'parsed';
  const whole = text + (isHeader ? '\n    pass\n' : '\n');
  const tree = parser.parse(whole);
  expect.soft({ body: [plain], errors: [] }, text).toEqual(lower(tree, whole, 0));
  tree.free();
  return 'plain';
}

test('over the examples of the documentation, nearly all imports are plain and read alike', async () => {
  const { docsSrc } = await pythonEnvironment();
  const counts = { plain: 0, parsed: 0 };
  for (const { text } of pythonFilesIn(docsSrc))
    for (const block of splitBlocks(text)) {
      const own = text.slice(block.start, block.textEnd);
      const isHeader = block.members.length > 0;
      if (isHeader || /^(?:from|import)\b/.test(own)) counts[compare(own, isHeader)]++;
    }
  expect(counts.plain).toBeGreaterThan(800);
  expect(counts.parsed).toBeLessThan(counts.plain / 20);
});

test.each([
  'import a',
  'import a.b as c, d',
  'from . import x',
  'from ..a.b import (x as y, z,)',
  'from a import (\n    b,\n    c as d,\n)',
  'from a import *',
  'from __future__ import annotations',
  'from a import b   ',
])('%j is plain', (text) => {
  expect(compare(text, false)).toBe('plain');
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
  'importa',
])('%j goes to the parser', (text) => {
  expect(compare(text, false)).toBe('parsed');
});

test.each([
  ['class A:', 'plain'],
  ['class A(B, c.D):', 'plain'],
  ['class A(B, metaclass=C):', 'parsed'],
  ['class A(Generic[T]):', 'parsed'],
  ['class A(lambda):', 'parsed'],
  ['class A(B,):', 'parsed'],
  ['@dataclass\nclass A:', 'parsed'],
] as const)('the header %j is %s', (text, how) => {
  expect(compare(text, true)).toBe(how);
});
