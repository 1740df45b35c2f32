import { expect, test } from 'vitest';
import { memoryFileSystem } from '../../../test/support/memoryFileSystem.ts';
import { decode } from './decode.ts';
import { MAX_SOURCE_SIZE, readSource } from './readSource.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
  );

test('reads UTF-8, without its byte order mark', () => {
  expect(decode(utf8('é = "한글"'))).toEqual({ text: 'é = "한글"' });
  expect(decode(utf8('\ufeffx = 1'))).toEqual({ text: 'x = 1' });
});

test('follows the coding cookie of the first or second line', () => {
  expect(decode(bytes('# -*- coding: latin-1 -*-\nx = "', [0xe9], '"'))).toEqual({
    text: '# -*- coding: latin-1 -*-\nx = "é"',
  });
  const korean = decode(
    bytes('#!/usr/bin/python\n# vim: set fileencoding=cp949 :\n# ', [0xc7, 0xd1]),
  );
  expect(korean).toEqual({ text: '#!/usr/bin/python\n# vim: set fileencoding=cp949 :\n# 한' });
  expect(decode(bytes('# coding: cp1252\n"', [0x80], '"')).text).toContain('€');
});

test('a cookie after code, or on the third line, is only a comment', () => {
  expect(decode(bytes('x = 1\n# coding: latin-1\n', [0xe9])).note).toMatch(/not valid utf-8/);
  expect(decode(bytes('#\n#\n# coding: latin-1\n', [0xe9])).note).toMatch(/not valid utf-8/);
});

test('reads what does not fit as Latin-1, with a note', () => {
  expect(decode(bytes('x = "', [0xe9], '"'))).toEqual({
    text: 'x = "é"',
    note: 'it is not valid utf-8, read as Latin-1',
  });
  expect(decode(utf8('# coding: klingon\n')).note).toContain('klingon');
});

test('refuses binary files', () => {
  expect(decode(bytes('MZ', [0, 1, 2]))).toEqual({ note: 'it is binary' });
});

test('an empty file is an empty text', () => expect(decode(utf8(''))).toEqual({ text: '' }));

test('large Latin-1 texts do not overflow the stack', () => {
  expect(decode(new Uint8Array(900_000).fill(0xe9)).text).toHaveLength(900_000);
});

test('reading says why there is no text, and nothing about a file that is gone', async () => {
  const fs = memoryFileSystem(
    new Map([
      ['/p/a.py', 'x = 1'],
      ['/p/huge.py', 'x'.repeat(MAX_SOURCE_SIZE + 1)],
      ['/p/limit.py', 'x'.repeat(MAX_SOURCE_SIZE)],
    ]),
  );
  expect(await readSource(fs, '/p/a.py')).toEqual({ text: 'x = 1' });
  expect(await readSource(fs, '/p/huge.py')).toEqual({ note: 'it is larger than 1 MB (1.0 MB)' });
  expect((await readSource(fs, '/p/limit.py'))?.text).toHaveLength(MAX_SOURCE_SIZE);
  expect(await readSource(fs, '/p/gone.py')).toBeUndefined();
  const locked = memoryFileSystem(new Map([['/p/a.py', { error: 'EACCES' }]]));
  expect(await readSource(locked, '/p/a.py')).toEqual({ note: 'it cannot be read' });
});
