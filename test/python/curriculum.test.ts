// The authoring kit, over a lesson that is spoiled in one way after another: it says what, and nothing else.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createKit, type Kit } from '../curriculum/kit.ts';
import { walkthroughs } from '../curriculum/sources.ts';
import { wasmParser } from '../support/parser.ts';
import { pythonEnvironment } from './environment.mjs';

const lesson = 'foundations/1-1-first-app';
const exercise = `${lesson}/exercises/1-dashboard`;
const main = 'app/main.py';

const home = mkdtempSync(path.join(tmpdir(), 'kit-'));
const folder = path.join(home, 'walkthroughs');
const said: string[] = [];
let kit: Kit;

const at = (file: string) => path.join(folder, file);
const read = (file: string) => readFileSync(at(file), 'utf8');
const write = (file: string, text: string) => writeFileSync(at(file), text);
const spoil = (file: string, from: string, to: string) => {
  expect(read(file)).toContain(from);
  write(file, read(file).replace(from, to));
};
const put = (from: string, to: string) =>
  cpSync(at(`${exercise}/${from}/${main}`), at(`${exercise}/${to}/${main}`));

/** What is to be mended, without the lines that say how long each part took. */
async function check(): Promise<string> {
  said.length = 0;
  const { count, problem } = await kit.check([]);
  const found = said.filter((line) => line.startsWith('  '));
  expect(found).toHaveLength(count);
  return [problem, ...found].filter((line) => line !== undefined).join('\n');
}

beforeAll(async () => {
  const { python } = await pythonEnvironment();
  kit = await createKit({
    walkthroughs: folder,
    python,
    parser: await wasmParser(),
    memory: path.join(home, 'memory'),
    isHasty: false,
    say: (line) => said.push(line),
  });
});

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const each of ['pytest', 'glossary.md', 'glossary.nls.ko.md', 'curriculum.json', lesson])
    cpSync(path.join(walkthroughs, each), at(each), {
      recursive: true,
      filter: (file) => !file.includes('__pycache__'),
    });
  const manifest = JSON.parse(read('curriculum.json'));
  const tracks = manifest.tracks.filter(({ id }: { id: string }) => id === 'foundations');
  for (const { chapters } of tracks)
    for (const chapter of chapters)
      chapter.lessons = chapter.lessons.filter(({ id }: { id: string }) => id === lesson);
  write('curriculum.json', JSON.stringify({ ...manifest, tracks }));
});

afterAll(() => {
  kit.close();
  rmSync(home, { recursive: true, force: true });
});

test('of what is as it should be, nothing; and the second time nothing is tried', async () => {
  expect(await check()).toBe('');
  expect(said.join('\n')).toContain('9 ways');
  expect(await check()).toBe('');
  expect(said.join('\n')).toContain('9 ways, 0 tried');
}, 120_000);

describe('an exercise', () => {
  test('whose starter passes', async () => {
    put('solution', 'starter');
    expect(await check()).toContain('starter: GET /runs/best should fail, and does not');
    expect(await check()).toContain('starter: test_all_runs_are_listed should fail, and does not');
  });

  test('whose starter fails for another reason', async () => {
    spoil(`${exercise}/starter/${main}`, '@app.post("/runs")', '@app.get("/run")');
    const found = await check();
    expect(found).toContain(
      'test_all_runs_are_listed should say "GET /runs was answered with 405"',
    );
  });

  test('whose starter does not run', async () => {
    spoil(`${exercise}/starter/${main}`, 'from fastapi import', 'from fastapy import');
    const found = await check();
    expect(found).toContain(
      "the test run fails and is not listed: E   ModuleNotFoundError: No module named 'fastapy'",
    );
  });

  test('whose solution fails', async () => {
    put('starter', 'solution');
    const found = await check();
    expect(found).toContain(
      'solution: test_all_runs_are_listed fails: E   AssertionError: GET /runs',
    );
    expect(found).toContain('solution: GET /runs/best fails');
  });

  test('whose solution has a finding', async () => {
    const slow = '\n\n@app.get("/slow")\nasync def slow() -> None:\n    time.sleep(0)\n';
    const file = `${exercise}/solution/${main}`;
    write(file, `import time\n${read(file)}${slow}`);
    expect(await check()).toMatch(
      /^ {2}\S+, solution: it has a finding: async\/blocking-sleep at app\/main.py:\d+$/,
    );
  });

  test('whose solution takes the process with it', async () => {
    spoil(`${exercise}/solution/${main}`, 'return best()', 'import os; os._exit(3)');
    expect(await check()).toContain(
      'solution: test_the_best_run_is_found fails: it did not end; the run ended with 3',
    );
  });

  test('that fails beside others and not by itself', async () => {
    const mark = JSON.stringify(path.join(home, 'mark'));
    const once = `import pathlib\n\nassert pathlib.Path(${mark}).exists() or pathlib.Path(${mark}).touch()\n`;
    const file = `${exercise}/solution/${main}`;
    write(file, once + read(file));
    expect(await check()).toBe('');
    expect(said.join('\n')).toContain('9 ways, 1 tried again, one by one');
  });

  test('of which a right variant fails', async () => {
    put('starter', 'variants/right/plain-dicts');
    expect(await check()).toContain('right/plain-dicts: test_the_best_run_is_found fails');
  });

  test('of which a wrong variant passes', async () => {
    put('solution', 'variants/wrong/printed-again');
    expect(await check()).toContain(
      'wrong/printed-again: test_the_best_run_is_found should fail, and does not',
    );
  });

  test('of which a wrong variant does not even run, or ends the process', async () => {
    const file = `${exercise}/variants/wrong/printed-again/${main}`;
    write(file, `${read(file)})`);
    expect(await check()).toContain('wrong/printed-again: the test run fails');
    write(file, 'import os\nos.abort()\n');
    expect(await check()).toContain('wrong/printed-again: the test run fails');
  });

  test('with too few variants, or a file that is no exercise', async () => {
    const given = JSON.parse(read(`${exercise}/exercise.json`));
    const proof = { ...given.proof, right: given.proof.right.slice(1) };
    write(`${exercise}/exercise.json`, JSON.stringify({ ...given, proof }));
    expect(await check()).toContain('2 right variants, not at least 3');
    write(`${exercise}/exercise.json`, JSON.stringify({ ...given, hints: [] }));
    expect((await kit.check([])).problem).toContain('three hints');
  });
});

describe('a lesson', () => {
  test('that shows what its program does not print', async () => {
    write(`${lesson}/examples/first.out`, 'GET /runs -> 200 []\n');
    expect(await check()).toContain('first.py: it prints');
  });

  test('whose program fails', async () => {
    write(`${lesson}/examples/first.py`, 'raise SystemExit(4)\n');
    expect(await check()).toContain('first.py: it ends with 4');
  });

  test('without Korean', async () => {
    rmSync(at(`${lesson}/lesson.nls.ko.md`));
    rmSync(at(`${exercise}/why.nls.ko.md`));
    const found = await check();
    expect(found).toContain(`${lesson}/lesson.nls.ko.md is missing`);
    expect(found).toContain(`${exercise}/why.nls.ko.md is missing`);
  });

  test('whose Korean says less', async () => {
    spoil(`${lesson}/lesson.nls.ko.md`, '(rule:routing/trailing-slash)', '(https://example.org)');
    expect(await check()).toContain('links of ours in English');
  });
});
