import { describe, expect, it } from 'vitest';
import { wasmParser } from '../../../test/support/parser.ts';
import { openWorkspace, pathOf, ROOT } from '../../../test/support/workspace.ts';
import { GONE } from '../knowledge/moved.ts';
import { exists } from '../knowledge/names.ts';
import { isPinnedBelow, versionOf } from './versions.ts';

const parser = await wasmParser();

/** `rule:line` of every finding in a file of a project that pins versions. */
function found(text: string, versions: Record<string, string>): string[] {
  const workspace = openWorkspace(parser, { 'main.py': text });
  workspace.setRoots([{ path: ROOT, versions }]);
  return workspace
    .diagnose(pathOf('main.py'))
    .map(({ rule, range }) => `${rule}:${range.start.line + 1}`);
}

describe('the version of a package', () => {
  it('is that of the nearest root', () => {
    const { db, setRoots } = openWorkspace(parser, { 'main.py': '', 'inner/main.py': '' });
    setRoots([
      { path: ROOT, versions: { pydantic: '1.10.9', fastapi: '0.100.0' } },
      { path: `${ROOT}/inner`, versions: { pydantic: '2.5.0' } },
    ]);
    expect(versionOf(db, pathOf('main.py'), 'pydantic')).toBe('1.10.9');
    expect(versionOf(db, pathOf('inner/main.py'), 'pydantic')).toBe('2.5.0');
    expect(versionOf(db, pathOf('inner/main.py'), 'fastapi')).toBeUndefined();
    expect(versionOf(db, '/elsewhere/main.py', 'pydantic')).toBeUndefined();
  });

  it('is that of the nearest folder that pins it', () => {
    const { db, setRoots } = openWorkspace(parser, { 'main.py': '', 'api/app/main.py': '' });
    const inner = () => versionOf(db, pathOf('api/app/main.py'), 'pydantic');
    const versions = { pydantic: '2.5.0', fastapi: '0.100.0' };
    setRoots([{ path: ROOT, versions, folders: { [`${ROOT}/api`]: { pydantic: '1.10.9' } } }]);
    expect(inner()).toBe('1.10.9');
    expect(versionOf(db, pathOf('api/app/main.py'), 'fastapi')).toBe('0.100.0');
    expect(versionOf(db, pathOf('main.py'), 'pydantic')).toBe('2.5.0');
    setRoots([{ path: ROOT, versions }]);
    expect(inner()).toBe('2.5.0');
  });

  it('follows from that of FastAPI, of which the first to take Pydantic 2 is 0.100', () => {
    const { db, setRoots } = openWorkspace(parser, { 'main.py': '' });
    const pydantic = (versions: Record<string, string>) => {
      setRoots([{ path: ROOT, versions }]);
      return versionOf(db, pathOf('main.py'), 'pydantic');
    };
    expect(pydantic({ fastapi: '0.65.2' })).toBe('1.9999.9999');
    expect(pydantic({ fastapi: '0.99.1', pydantic: '1.8.2' })).toBe('1.8.2');
    expect(pydantic({ fastapi: '0.100.0' })).toBeUndefined();
  });

  it('counts as the newest where it is not known', () => {
    const { db, setRoots } = openWorkspace(parser, { 'main.py': '' });
    const below = () => isPinnedBelow(db, pathOf('main.py'), 'pydantic', '2');
    expect(below()).toBe(false);
    setRoots([{ path: ROOT, versions: { pydantic: '1.9999.9999' } }]);
    expect(below()).toBe(true);
    setRoots([{ path: ROOT, versions: { pydantic: '2.0' } }]);
    expect(below()).toBe(false);
  });
});

describe('rules for Pydantic 2', () => {
  const text = [
    'from pydantic import BaseModel, BaseSettings, validator',
    'class Book(BaseModel):',
    '    title: str',
    '    class Config:',
    '        orm_mode = True',
    '    @validator("title")',
    '    def strip(cls, value):',
    '        return value',
  ].join('\n');

  it('are silent in a project that pins Pydantic 1', () => {
    expect(found(text, { pydantic: '1.10.13' })).toEqual([]);
  });

  it('speak where Pydantic 2 is pinned, and where nothing is', () => {
    const all = ['project/unknown-import:1', 'pydantic/v1-config:4', 'pydantic/v1-validator:6'];
    for (const versions of [{}, { pydantic: '2.3.0' }, { pydantic: '2.9999.9999' }])
      expect(found(text, versions)).toEqual(all);
  });
});

describe('start-up handlers', () => {
  const text = [
    'from fastapi import FastAPI',
    'app = FastAPI()',
    '@app.on_event("startup")',
    'def start() -> None: ...',
  ].join('\n');

  it('are deprecated since there are lifespans', () => {
    expect(found(text, { fastapi: '0.92.0' })).toEqual([]);
    expect(found(text, { fastapi: '0.93.0' })).toEqual(['lifecycle/deprecated-on-event:3']);
  });
});

describe('unknown imports', () => {
  const text = 'from fastapi import Newest\nfrom fastapi import JSONResponse\n';

  it('are only those known to have gone where another version is pinned than that of the table', () => {
    const both = ['project/unknown-import:1', 'project/unknown-import:2'];
    expect(found(text, {})).toEqual(both);
    expect(found(text, { fastapi: '0.9999.9999' })).toEqual(both);
    expect(found(text, { fastapi: '0.88.0' })).toEqual(['project/unknown-import:2']);
    expect(found(text, { fastapi: '0.999.0' })).toEqual(['project/unknown-import:2']);
  });

  it('that are known to have gone are in no table', () => {
    for (const dotted of Object.keys(GONE)) {
      const [, module = '', name = ''] = /^(.+)\.(.+)$/.exec(dotted) ?? [];
      expect(name === '*' ? exists(module) : exists(module, name), dotted).toBe(false);
    }
  });
});
