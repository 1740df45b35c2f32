import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EDIT_KINDS, edited } from '../../../test/incremental/edits.ts';
import { sampleFiles } from '../../../test/support/files.ts';
import { wasmParser } from '../../../test/support/parser.ts';
import { createDatabase, type Database } from '../query/database.ts';
import {
  allIds,
  blockSource,
  fileLayout,
  fileShape,
  fileText,
  lowered,
  parserInput,
  pathOfBlock,
  removeFileText,
  setFileText,
} from './source.ts';

const parser = await wasmParser();

function database(): Database {
  const db = createDatabase();
  db.set(parserInput, '', parser);
  return db;
}

/** All that is known of a file. */
function stateOf(db: Database, path: string) {
  const ids = allIds(db.get(fileShape, path));
  return {
    text: db.get(fileText, path),
    layout: db.get(fileLayout, path),
    shape: db.get(fileShape, path),
    sources: ids.map((id) => db.get(blockSource, id)),
    lowered: ids.map((id) => db.get(lowered, id)),
  };
}

const files = sampleFiles().filter(({ text }) => text !== '');
const changes = fc.array(
  fc.record({
    kind: fc.constantFrom(...EDIT_KINDS.filter((kind) => !kind.includes('file'))),
    file: fc.constant(0),
    at: fc.nat(100_000),
    size: fc.nat(60),
    other: fc.nat(1_000),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('a file', () => {
  test('after any edits is what it would be if it had been set at once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), changes, ({ text }, edits) => {
        const db = database();
        let now: ReadonlyMap<string, string> = new Map([['f', text]]);
        setFileText(db, 'f', text);
        for (const edit of edits) {
          const before = now;
          now = edited(now, edit, before);
          const next = now.get('f') ?? '';
          const gone = new Set(allIds(db.get(fileShape, 'f')));
          setFileText(db, 'f', next);
          const fresh = database();
          setFileText(fresh, 'f', next);
          expect(stateOf(db, 'f')).toEqual(stateOf(fresh, 'f'));
          for (const id of allIds(db.get(fileShape, 'f'))) gone.delete(id);
          for (const id of gone) expect(db.get(blockSource, id).text).toBe('');
        }
      }),
      { numRuns: 60 },
    );
  });

  test('that is set to the same text is not looked at', () => {
    const db = database();
    setFileText(db, 'f', 'def f():\n    return 1\n');
    stateOf(db, 'f');
    db.resetCounts();
    setFileText(db, 'f', 'def f():\n    return 1\n');
    stateOf(db, 'f');
    expect([...db.counts()]).toEqual([]);
  });

  test('that is indented anew is read anew, although its text is the same', () => {
    const db = database();
    setFileText(db, 'f', 'class A:\n    def f(self): return 1\n');
    stateOf(db, 'f');
    setFileText(db, 'f', 'class A:\n  def f(self): return 1\n');
    expect(stateOf(db, 'f').sources.map((source) => source.lead)).toEqual(['', '  ']);
  });

  test.each([
    ['    a = 1\n    b = 2\n', '    a = 1\n   b = 2\n'],
    ['    a = 1\n    b = 2\n', '    a = 1\n     b = 2\n'],
    ['    a = 1\n   b = 2\nc = 3\n', '    a = 1\n\n  b = 2\nc = 4\n'],
  ])('whose last lines are indented anew, %j to %j, is what it would be at once', (old, text) => {
    const db = database();
    setFileText(db, 'f', old);
    stateOf(db, 'f');
    setFileText(db, 'f', text);
    const fresh = database();
    setFileText(fresh, 'f', text);
    expect(stateOf(db, 'f')).toEqual(stateOf(fresh, 'f'));
  });

  test('that is removed leaves nothing, and may come back', () => {
    const text = 'class A:\n    def f(self): return 1\n';
    const db = database();
    const empty = db.size();
    setFileText(db, 'f', text);
    const before = stateOf(db, 'f');
    removeFileText(db, 'f');
    expect(stateOf(db, 'f')).toEqual({ text: '', layout: [], shape: [], sources: [], lowered: [] });
    db.collect([]);
    expect(db.size()).toBe(empty);
    setFileText(db, 'f', text);
    expect(stateOf(db, 'f')).toEqual(before);
  });

  test('that holds nothing is a file', () => {
    const db = database();
    setFileText(db, 'f', '');
    expect(stateOf(db, 'f').shape).toEqual([]);
    setFileText(db, 'f', 'x = 1\n');
    setFileText(db, 'f', '');
    expect(stateOf(db, 'f')).toEqual({ text: '', layout: [], shape: [], sources: [], lowered: [] });
  });

  test('in a folder with a # in its name has its blocks', () => {
    const db = database();
    const path = '/c#/f#1.py';
    setFileText(db, path, 'class A:\n    x = "#"\n');
    const ids = allIds(db.get(fileShape, path));
    expect(ids.map(pathOfBlock)).toEqual([path, path]);
  });
});
