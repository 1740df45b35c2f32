/** A day of typing: what the analysis keeps depends on the texts there are, not on how many there were. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { wasmMemory, wasmParser } from '../support/parser.ts';
import { diagnoseAll, openWorkspace, pathOf } from '../support/workspace.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const parser = await wasmParser();
const MAIN = pathOf('app/main.py');

/** 2,000 lines: path operations, helpers and classes. */
function bigFile(): string[] {
  const head = [
    'import time',
    'import requests',
    'from fastapi import APIRouter, Depends',
    'from app.db import get_db',
    '',
    'router = APIRouter()',
    '',
    '',
  ];
  const functions = Array.from({ length: 199 }, (_, i) => [
    `@router.get("/items/${i}")`,
    `${i % 10 ? '' : 'async '}def read_${i}(item: "Item", db=Depends(get_db)):`,
    `    value = helper_${i}(item)`,
    '    time.sleep(1)',
    `    return value["key ${i}"]`,
    '',
    `def helper_${i}(item):`,
    `    return requests.get(f"http://x/{item}/${i}").json()`,
    '',
    '',
  ]);
  return [...head, ...functions.flat()];
}

const DB =
  'from sqlalchemy.orm import Session\n\n\ndef get_db() -> Session:\n    return Session()\n';

/** Bytes of JavaScript and of the parser, without garbage. */
function inUse(): { heap: number; wasm: number } {
  collectGarbage();
  collectGarbage();
  return { heap: process.memoryUsage().heapUsed, wasm: wasmMemory() };
}

describe('memory stays the same', () => {
  test('over 10,000 edits of a file of 2,000 lines', () => {
    const lines = bigFile();
    expect(lines.length).toBeGreaterThanOrEqual(1_990);
    const workspace = openWorkspace(parser, { 'app/db.py': DB, 'app/main.py': lines.join('\n') });
    const first = diagnoseAll(workspace)[MAIN]?.length;
    expect(first).toBeGreaterThan(10);
    const measured = new Map<number, ReturnType<typeof inUse> & { size: number }>();
    for (let edit = 1; edit <= 10_000; edit++) {
      const at = 8 + ((edit * 7) % 199) * 10;
      const now = [...lines];
      // Never the same text twice: new names, new annotations in quotes, new strings, broken code in between.
      if (edit % 5 === 0) now[at + 1] = `async def read_${edit}(item: "Item${edit}", db=Depends(`;
      else if (edit % 5 === 1) now[at + 6] = `def helper_${edit}(item) -> "list[T${edit}]":`;
      else if (edit % 5 === 2) now[at + 2] = `    value = "a new string ${edit}"`;
      else if (edit % 5 === 3)
        now.splice(at + 2, 0, `    import module_${edit}`, '    time.sleep(2)');
      else now[at + 3] = `    value_${edit}.sleep(\n    """ ${edit}`;
      workspace.setText(MAIN, now.join('\n'));
      // A look now and then, as an editor has when somebody types fast.
      if (edit % 4 === 0) workspace.diagnose(MAIN);
      if (edit === 2_000 || edit === 10_000)
        measured.set(edit, { ...inUse(), size: workspace.db.size() });
    }
    const [early, late] = [measured.get(2_000), measured.get(10_000)];
    if (early === undefined || late === undefined) throw new Error('nothing was measured');
    console.info('after 2,000 and 10,000 edits:', early, late);
    expect(late.wasm).toBe(early.wasm);
    expect(late.size).toBeLessThan(early.size * 1.05);
    expect(late.heap).toBeLessThan(early.heap * 1.05 + 1_000_000);
    workspace.setText(MAIN, lines.join('\n'));
    expect(workspace.diagnose(MAIN)).toHaveLength(first ?? -1);
  }, 120_000);

  test('while a name is typed letter by letter, 2,000 times', () => {
    const workspace = openWorkspace(parser, { 'app/db.py': DB, 'app/main.py': '' });
    const sizes: number[] = [];
    const sizeAfresh = (text: string) => {
      const fresh = openWorkspace(parser, { 'app/db.py': DB, 'app/main.py': text });
      diagnoseAll(fresh);
      return fresh.db.size();
    };
    let needed = 0;
    for (let letter = 1; letter <= 2_000; letter++) {
      const name = `f${'abcdefghij'.repeat(4).slice(0, letter % 40)}_${Math.floor(letter / 40)}`;
      const text = `import time\nfrom app.db import get_db\n\n\nasync def ${name}():\n    time.sleep(1)\n\n\nclass ${name}_:\n    def ${name}(self):\n        return self.${name}()\n`;
      workspace.setText(MAIN, text);
      expect(workspace.diagnose(MAIN).length).toBeGreaterThan(0);
      sizes.push(workspace.db.size());
      if (letter === 2_000) needed = sizeAfresh(text);
    }
    const most = (from: number, to: number) => Math.max(...sizes.slice(from, to));
    expect(most(1_500, 2_000)).toBeLessThanOrEqual(most(0, 1_000) * 1.02);
    // After each clearing only what the texts need is left, and what a few letters leave behind.
    expect(Math.min(...sizes.slice(1_500))).toBeLessThan(needed * 1.2);
  });

  test('while files come and go', () => {
    const workspace = openWorkspace(parser, { 'app/db.py': DB });
    diagnoseAll(workspace);
    const before = workspace.db.size();
    for (let i = 0; i < 1_500; i++) {
      const path = pathOf(`app/file_${i}.py`);
      workspace.setText(path, `from app.db import get_db\nx_${i} = get_db().query(${i})\n`);
      workspace.diagnose(path);
      workspace.removeFile(path);
    }
    diagnoseAll(workspace);
    expect(workspace.db.size()).toBeLessThan(before + 100);
  });
});
