import { describe, expect, test } from 'vitest';
import { type MemoryFile, memoryFileSystem } from '../../../test/support/memoryFileSystem.ts';
import { parseRequirement, rangeOf } from './specifier.ts';
import { pinnedVersions, readVersions } from './versions.ts';

const read = (files: Record<string, MemoryFile>, folders: string[] = []) =>
  readVersions(memoryFileSystem(new Map(Object.entries(files))), '/p', folders);
const versions = async (files: Record<string, MemoryFile>, folders: string[] = []) =>
  Object.fromEntries(
    [...(await read(files, folders)).packages].map(([name, each]) => [name, each.version]),
  );

describe('a range', () => {
  test.each([
    ['==0.115.0', '0.115.0'],
    ['=== 0.115.0', '0.115.0'],
    ['==0.115.*', '0.115.9999'],
    ['~=0.100.1', '0.100.9999'],
    ['~=0.100', '0.9999.9999'],
    ['>=0.100,<0.110', '0.109.9999'],
    ['>=0.100, <0.110.0', '0.109.9999'],
    ['>=0.100 <1', '0.9999.9999'],
    ['<2.0.0,!=1.8', '1.9999.9999'],
    ['<=1.10.13', '1.10.13'],
    ['^0.100.0', '0.100.9999'],
    ['^1.2', '1.9999.9999'],
    ['~1.2.3', '1.2.9999'],
    ['1.2.3', '1.2.3'],
    ['<3,<2', '1.9999.9999'],
  ])('%s allows at most %s', (written, version) => expect(rangeOf(written)?.version).toBe(version));

  test.each(['', '*', '>=0.100', '!=1.0', '>1', '^1 || ^2', 'nonsense'])('%s is open', (written) =>
    expect(rangeOf(written)).toBeUndefined(),
  );

  test('a requirement has extras, markers and odd names', () => {
    expect(
      parseRequirement('FastAPI[standard] == 0.115.0 ; python_version >= "3.9"'),
    ).toMatchObject({
      name: 'fastapi',
      range: { version: '0.115.0', exact: true },
    });
    expect(parseRequirement('Pydantic_Settings (<2.0)')?.name).toBe('pydantic-settings');
    expect(parseRequirement('fastapi @ git+https://example.com/x.git@0.1')?.range).toBeUndefined();
  });
});

test('pyproject: PEP 621, optional dependencies and groups', async () => {
  const pyproject = `
[project]
dependencies = ["fastapi[all]==0.115.0", "httpx>=0.20"]
optional-dependencies = { db = ["sqlalchemy<2"] }
[dependency-groups]
dev = ["pytest~=8.1.0", { include-group = "x" }]
`;
  expect(await versions({ '/p/pyproject.toml': pyproject })).toEqual({
    fastapi: '0.115.0',
    sqlalchemy: '1.9999.9999',
    pytest: '8.1.9999',
  });
});

test('pyproject: Poetry', async () => {
  const pyproject = `
[tool.poetry.dependencies]
python = "^3.11"
fastapi = "^0.110.1"
pydantic = { version = "<2", extras = ["email"] }
local = { path = "../x" }
[tool.poetry.group.dev.dependencies]
pytest = "8.0.0"
`;
  expect(await versions({ '/p/pyproject.toml': pyproject })).toEqual({
    python: '3.9999.9999',
    fastapi: '0.110.9999',
    pydantic: '1.9999.9999',
    pytest: '8.0.0',
  });
});

test.each(['uv.lock', 'poetry.lock', 'pdm.lock'])('%s', async (name) => {
  const lock = '[[package]]\nname = "fastapi"\nversion = "0.111.0"\n[[package]]\nname = "x"\n';
  expect(await versions({ [`/p/${name}`]: lock })).toEqual({ fastapi: '0.111.0' });
});

test('a lock that holds a package twice gives the higher version', async () => {
  const each = (version: string) => `[[package]]\nname = "pydantic"\nversion = "${version}"\n`;
  expect(await versions({ '/p/uv.lock': each('2.9.0') + each('2.10.0') })).toEqual({
    pydantic: '2.10.0',
  });
});

test('Pipfile.lock', async () => {
  const lock = { default: { FastAPI: { version: '==0.99.0' } }, develop: { x: { path: '.' } } };
  expect(await versions({ '/p/Pipfile.lock': JSON.stringify(lock) })).toEqual({
    fastapi: '0.99.0',
  });
});

test('requirements with comments, hashes, continuations and includes', async () => {
  expect(
    await versions({
      '/p/requirements.txt':
        '# top\nfastapi==0.115.0 \\\n    --hash=sha256:aaa\n-r requirements/base.txt\n--index-url x\nuvicorn # any\n-r /etc/x.txt\n-r ../out.txt\n',
      '/p/requirements/base.txt': 'pydantic==2.7.0\n-r ../requirements.txt\n',
      '/out.txt': 'sqlalchemy==1.0\n',
    }),
  ).toEqual({ fastapi: '0.115.0', pydantic: '2.7.0' });
});

test('requirements.txt is believed before requirements-dev.txt', async () => {
  expect(
    await versions({
      '/p/requirements-dev.txt': 'fastapi==0.1.0\n',
      '/p/requirements.txt': 'fastapi==0.115.0\n',
    }),
  ).toEqual({ fastapi: '0.115.0' });
});

test('what is installed in .venv, on both kinds of system', async () => {
  const site = '/p/.venv/lib/python3.12/site-packages';
  expect(
    await versions({
      [`${site}/fastapi-0.115.2.dist-info/METADATA`]: '',
      [`${site}/pydantic_settings-2.1.0.dist-info/METADATA`]: '',
      [`${site}/fastapi/__init__.py`]: '',
    }),
  ).toEqual({ fastapi: '0.115.2', 'pydantic-settings': '2.1.0' });
  expect(await versions({ '/p/venv/Lib/site-packages/fastapi-0.1.0.dist-info/x': '' })).toEqual({
    fastapi: '0.1.0',
  });
});

test('a lock is trusted more than .venv, that more than a pin, that more than a range', async () => {
  const range = { '/p/pyproject.toml': '[project]\ndependencies = ["fastapi<0.100"]\n' };
  const pin = { '/p/requirements.txt': 'fastapi==0.101.0\n' };
  const venv = { '/p/.venv/lib/python3.12/site-packages/fastapi-0.102.0.dist-info/x': '' };
  const lock = { '/p/uv.lock': '[[package]]\nname = "fastapi"\nversion = "0.103.0"\n' };
  expect(await versions({ ...range })).toEqual({ fastapi: '0.99.9999' });
  expect(await versions({ ...range, ...pin })).toEqual({ fastapi: '0.101.0' });
  expect(await versions({ ...range, ...pin, ...venv })).toEqual({ fastapi: '0.102.0' });
  expect(await versions({ ...range, ...pin, ...venv, ...lock })).toEqual({ fastapi: '0.103.0' });
});

test('a manifest below the root counts where the root has none', async () => {
  const files = { '/p/backend/requirements.txt': 'fastapi==0.115.0\n' };
  expect(await versions(files)).toEqual({});
  expect(await versions(files, ['/p/backend'])).toEqual({ fastapi: '0.115.0' });
});

describe('several projects in one repository', () => {
  const foldersOf = async (files: Record<string, string>, ...folders: string[]) => {
    const { folders: own } = pinnedVersions(await read(files, folders));
    return own;
  };

  test('pin each for itself', async () => {
    const files = {
      '/p/one/poetry.lock': '[[package]]\nname = "pydantic"\nversion = "2.5.0"\n',
      '/p/two/requirements.txt': 'pydantic==1.10.2\n',
    };
    expect(await versions(files, ['/p/one', '/p/two'])).toEqual({ pydantic: '2.5.0' });
    expect(await foldersOf(files, '/p/one', '/p/two')).toEqual({
      '/p/one': { pydantic: '2.5.0' },
      '/p/two': { pydantic: '1.10.2' },
    });
  });

  test('share the lock of their root, where their ranges allow it', async () => {
    const files = {
      '/p/uv.lock': '[[package]]\nname = "pydantic"\nversion = "2.5.0"\n',
      '/p/one/pyproject.toml': '[project]\ndependencies = ["pydantic>=1.8,<3"]\n',
      '/p/two/pyproject.toml': '[project]\ndependencies = ["pydantic<2"]\n',
    };
    expect(await foldersOf(files, '/p/one', '/p/two')).toEqual({
      '/p/two': { pydantic: '1.9999.9999' },
    });
  });
});

test('damaged manifests give notes, never errors', async () => {
  const { packages, notes } = await read({
    '/p/pyproject.toml': '[project\n',
    '/p/uv.lock': 'package = 3',
    '/p/poetry.lock': '<<<<<<< HEAD',
    '/p/Pipfile.lock': '{',
    '/p/requirements.txt': new Uint8Array([0, 1, 2]),
    '/p/requirements-dev.txt': '===\n<>\nfastapi==0.115.0',
  });
  expect(notes.map((note) => note.path).sort()).toEqual([
    '/p/Pipfile.lock',
    '/p/poetry.lock',
    '/p/pyproject.toml',
    '/p/requirements.txt',
  ]);
  expect([...packages.keys()]).toEqual(['fastapi']);
});

test('shapes nobody expects are passed over', async () => {
  const pyproject =
    '[project]\ndependencies = [1, {}, "fastapi==0.1"]\noptional-dependencies = []\n[tool]\npoetry = 3\n';
  expect(await versions({ '/p/pyproject.toml': pyproject })).toEqual({ fastapi: '0.1' });
});

test('names like object properties are names', async () => {
  expect(await versions({ '/p/requirements.txt': 'constructor==1.0\n__proto__==1\n' })).toEqual({
    constructor: '1.0',
  });
});
