import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asking, createProject, type Project, sleeping } from './project.ts';

const FILE = '.fastapi-mentor-baseline.json';
let project: Project;
beforeEach(() => {
  project = createProject();
});
afterEach(() => project.remove());

const json = async (...args: string[]) => {
  const { stdout, code } = await project.run('check', '--format', 'json', ...args);
  const { diagnostics, summary } = JSON.parse(stdout);
  return { code, summary, rules: diagnostics.map((each: { rule: string }) => each.rule) };
};

describe('a baseline', () => {
  test('accepts what is there, and lets through what is new', async () => {
    project.write({ 'app/a.py': sleeping, 'app/b.py': asking });
    const written = await project.run('check', '--write-baseline');
    expect(written).toEqual({
      code: 0,
      stdout: `No findings in 2 files.\nAccepted 2 findings in ${FILE}; --baseline tells only what is new.\n`,
      stderr: '',
    });
    const quiet = await project.run('check', '--baseline');
    expect(quiet).toEqual({
      code: 0,
      stdout: 'No findings in 2 files.\n2 findings of the baseline are not shown.\n',
      stderr: '',
    });
    project.write({ 'app/a.py': `${sleeping}\n\nasync def again() -> None:\n    time.sleep(2)\n` });
    const fresh = await json('--baseline');
    expect(fresh).toMatchObject({
      code: 1,
      rules: ['async/blocking-sleep'],
      summary: { errors: 1, accepted: 2, stale: 0 },
    });
  });

  test('is a sorted text of nothing but names, with paths from its own folder', async () => {
    project.write({ 'app/b.py': asking, 'app/a.py': sleeping.repeat(1) + sleeping });
    await project.run('check', 'app', `--write-baseline=${FILE}`);
    const text = project.read(FILE);
    const data = JSON.parse(text);
    expect(data).toEqual({
      format: 'fastapi-mentor-baseline',
      version: 1,
      accepted: [
        {
          path: 'app/a.py',
          rule: 'async/blocking-sleep',
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
          count: 2,
        },
        {
          path: 'app/b.py',
          rule: 'async/blocking-http',
          fingerprint: expect.any(String),
          count: 1,
        },
      ],
    });
    await project.run('check', 'app', `--write-baseline=${FILE}`);
    expect(project.read(FILE)).toBe(text);
  });

  test('lies in the checked project unless told', async () => {
    project.write({ 'one/a.py': sleeping, 'two/a.py': sleeping });
    await project.run('check', 'one', '--write-baseline');
    expect(existsSync(path.join(project.folder, 'one', FILE))).toBe(true);
    expect((await project.run('check', 'one', '--baseline')).code).toBe(0);
    await project.run('check', 'one', 'two', '--write-baseline');
    expect(JSON.parse(project.read(FILE)).accepted).toHaveLength(2);
    expect((await project.run('check', 'one', 'two', '--baseline')).code).toBe(0);
    expect((await project.run('check', 'two', `--baseline=${FILE}`)).code).toBe(0);
  });

  test('tells what is stale, of what was looked at', async () => {
    project.write({ 'a.py': sleeping, 'b.py': asking });
    await project.run('check', '--write-baseline');
    project.write({ 'a.py': 'x = 1\n' });
    expect((await json('--baseline')).summary).toMatchObject({ accepted: 1, stale: 1 });
    const { stdout } = await project.run('check', '--baseline');
    expect(stdout).toContain('1 entry of the baseline is stale; --write-baseline drops it.');
    expect((await json('b.py', `--baseline=${FILE}`)).summary).toMatchObject({
      accepted: 1,
      stale: 0,
    });
    const korean = await project.run('check', '--baseline', '--lang', 'ko');
    expect(korean.stdout).toContain('기준선');
  });

  test('follows a file that gets another name, and not one that is copied', async () => {
    project.write({ 'a.py': sleeping });
    await project.run('check', '--write-baseline');
    project.write({ 'b.py': sleeping });
    expect((await json('--baseline')).summary).toMatchObject({ errors: 1, accepted: 1 });
    project.write({ 'a.py': '' });
    const { rmSync } = await import('node:fs');
    rmSync(path.join(project.folder, 'a.py'));
    expect((await json('--baseline')).summary).toMatchObject({ errors: 0, accepted: 1, stale: 0 });
  });

  test('accepts as many equal findings as there were', async () => {
    project.write({ 'a.py': sleeping });
    await project.run('check', '--write-baseline');
    project.write({ 'a.py': `${sleeping}    time.sleep(2)\n` });
    expect((await json('--baseline')).summary).toMatchObject({ errors: 1, accepted: 1 });
  });

  test('of all levels', async () => {
    const route =
      'from fastapi import FastAPI\nfrom x import load\napp = FastAPI()\n@app.get("/")\ndef a():\n    return {"a": load()}\n';
    project.write({ 'a.py': route });
    await project.run('check', '--write-baseline');
    expect((await json('--baseline')).rules).toEqual([]);
  });
});

describe('a baseline that cannot be used ends with 2 and one line', () => {
  test.each([
    ['{', 'it is not valid JSON'],
    ['{}', 'it is not a baseline of fastapi-mentor'],
    ['[]', 'it is not a baseline of fastapi-mentor'],
    [
      '{"format": "fastapi-mentor-baseline", "version": 9, "accepted": []}',
      'it was written by another version of fastapi-mentor',
    ],
    ['{"format": "fastapi-mentor-baseline", "version": 1}', 'it is damaged'],
    [
      '{"format": "fastapi-mentor-baseline", "version": 1, "accepted": [{"path": "a.py"}]}',
      'it is damaged',
    ],
  ])('%s', async (text, why) => {
    project.write({ 'a.py': sleeping, [FILE]: text });
    const expected = {
      code: 2,
      stdout: '',
      stderr: `fastapi-mentor: cannot use the baseline ${FILE}: ${why}\n`,
    };
    expect(await project.run('check', '--baseline')).toEqual(expected);
    expect(await project.run('check', '--write-baseline')).toEqual(expected);
    expect(project.read(FILE)).toBe(text);
  });

  test('none', async () => {
    project.write({ 'a.py': sleeping });
    expect(await project.run('check', '--baseline')).toEqual({
      code: 2,
      stdout: '',
      stderr: `fastapi-mentor: no baseline ${FILE}; --write-baseline makes one\n`,
    });
  });
});
