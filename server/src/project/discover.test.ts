import { expect, test } from 'vitest';
import { type MemoryFile, memoryFileSystem } from '../../../test/support/memoryFileSystem.ts';
import { discover } from './discover.ts';

const found = async (files: Record<string, MemoryFile>, root = '/p') => {
  const fs = memoryFileSystem(new Map(Object.entries(files)));
  return discover(fs, root);
};
const names = async (files: Record<string, MemoryFile>) =>
  (await found(files)).files.map((file) => file.slice('/p/'.length));

test('finds Python files only, sorted', async () => {
  expect(await names({ '/p/b.py': '', '/p/a/x.py': '', '/p/a/y.txt': '', '/p/a.pyc': '' })).toEqual(
    ['a/x.py', 'b.py'],
  );
});

test('never reads version control, caches and installed packages', async () => {
  const files = [
    '.git',
    'node_modules',
    '__pycache__',
    '.tox',
    '.nox',
    '.mypy_cache',
    'site-packages',
  ];
  const all = Object.fromEntries(files.map((name) => [`/p/x/${name}/a.py`, '']));
  expect(await names({ ...all, '/p/x/b.py': '' })).toEqual(['x/b.py']);
});

test('skips virtual environments by what they hold, not by their name', async () => {
  expect(
    await names({
      '/p/myenv/pyvenv.cfg': '',
      '/p/myenv/lib/a.py': '',
      '/p/conda/conda-meta/history': '',
      '/p/conda/a.py': '',
      '/p/venv/real.py': '',
    }),
  ).toEqual(['venv/real.py']);
});

test('a root that is a virtual environment is still looked into', async () => {
  expect(await names({ '/p/pyvenv.cfg': '', '/p/a.py': '' })).toEqual(['a.py']);
});

test('dist and build are left out only where git ignores them', async () => {
  const files = { '/p/dist/a.py': '', '/p/build/b.py': '', '/p/c.py': '' };
  expect(await names(files)).toEqual(['build/b.py', 'c.py', 'dist/a.py']);
  expect(await names({ ...files, '/p/.gitignore': 'dist/\n/build\n' })).toEqual(['c.py']);
});

test('nested .gitignore files hold below their folder and win over those above', async () => {
  expect(
    await names({
      '/p/.gitignore': '*.gen.py\n',
      '/p/a/.gitignore': '!keep.gen.py\nlocal.py\n',
      '/p/a/keep.gen.py': '',
      '/p/a/other.gen.py': '',
      '/p/a/local.py': '',
      '/p/b/local.py': '',
      '/p/x.gen.py': '',
    }),
  ).toEqual(['a/keep.gen.py', 'b/local.py']);
});

test('nothing below an ignored folder comes back', async () => {
  const files = { '/p/.gitignore': 'gen/\n!gen/keep.py\n', '/p/gen/keep.py': '', '/p/a.py': '' };
  expect(await names(files)).toEqual(['a.py']);
});

test('ignore patterns mind the case, as git does', async () => {
  expect(await names({ '/p/.gitignore': 'Gen.py\n', '/p/gen.py': '' })).toEqual(['gen.py']);
});

test('.git/info/exclude holds too', async () => {
  expect(
    await names({ '/p/.git/info/exclude': 'mine.py\n', '/p/mine.py': '', '/p/a.py': '' }),
  ).toEqual(['a.py']);
});

test('links are not followed', async () => {
  const files = { '/p/a.py': '', '/p/out.py': { link: '/etc/x.py' }, '/p/circle': { link: '/p' } };
  expect(await names(files)).toEqual(['a.py']);
});

test('a folder that cannot be read gives a note', async () => {
  const { files, notes } = await found({
    '/p/a.py': '',
    '/p/secret': { error: 'EACCES' },
    '/p/secret/b.py': '',
  });
  expect(files).toEqual(['/p/a.py']);
  expect(notes).toEqual([{ path: '/p/secret', message: 'the folder cannot be read' }]);
});

test('a root that is not there has nothing', async () => {
  const { files, notes } = await found({ '/q/a.py': '' });
  expect([files, notes]).toEqual([[], []]);
});

test('a folder that vanishes during the walk is passed over', async () => {
  const files = new Map<string, MemoryFile>([
    ['/p/a.py', ''],
    ['/p/gone/b.py', ''],
  ]);
  const fs = memoryFileSystem(files);
  const { readDirectory } = fs;
  const walk = discover(
    {
      ...fs,
      async readDirectory(path) {
        const entries = await readDirectory(path);
        files.delete('/p/gone/b.py');
        return entries;
      },
    },
    '/p',
  );
  expect((await walk).files).toEqual(['/p/a.py']);
  expect((await walk).notes).toEqual([]);
});

test('the root may be the root of the disk', async () => {
  expect((await found({ '/a.py': '', '/b/.gitignore': 'c.py', '/b/c.py': '' }, '/')).files).toEqual(
    ['/a.py'],
  );
});

test('names folders with manifests, the nearest first', async () => {
  const { manifestFolders } = await found({
    '/p/a/b/uv.lock': '',
    '/p/z/pyproject.toml': '',
    '/p/z/requirements-dev.txt': '',
    '/p/other.toml': '',
  });
  expect(manifestFolders).toEqual(['/p/z', '/p/a/b']);
});

test('says of a new path whether a walk would find it', async () => {
  const { covers } = await found({
    '/p/.gitignore': 'gen.py\n',
    '/p/a/x.py': '',
    '/p/.venv/pyvenv.cfg': '',
    '/p/node_modules/y.py': '',
  });
  expect(covers('/p/a/new.py')).toBe('included');
  expect(covers('/p/a/gen.py')).toBe('excluded');
  expect(covers('/p/a/new.txt')).toBe('excluded');
  expect(covers('/p/.venv/lib/deep/new.py')).toBe('excluded');
  expect(covers('/p/node_modules/z/new.py')).toBe('excluded');
  expect(covers('/p/newfolder/new.py')).toBe('unknown');
});

test('stops when it is aborted', async () => {
  const fs = memoryFileSystem(new Map([['/p/a.py', '']]));
  await expect(discover(fs, '/p', { signal: AbortSignal.abort() })).rejects.toThrow();
});
