import { expect, test } from 'vitest';
import { memoryFileSystem } from '../../../test/support/memoryFileSystem.ts';
import { createFolder } from './folder.ts';

test('a folder below that pins for itself goes by the key that its files begin with', async () => {
  const fs = memoryFileSystem(
    new Map([
      ['/my shop/one/requirements.txt', 'pydantic==2.5.0\n'],
      ['/my shop/두 번째/requirements.txt', 'pydantic==1.10.2\n'],
      ['/my shop/두 번째/main.py', ''],
    ]),
  );
  const folder = createFolder('file:///my%20shop', { fs, note: () => undefined });
  const [file] = await folder.walk(new AbortController().signal);
  await folder.readVersions();
  const { path, versions, folders = {} } = folder.root;
  expect(versions).toEqual({ pydantic: '2.5.0' });
  const [own] = Object.keys(folders).filter((key) => file?.startsWith(`${key}/`));
  expect(own?.startsWith(`${path}/`)).toBe(true);
  expect(folders[own ?? '']).toEqual({ pydantic: '1.10.2' });
});
