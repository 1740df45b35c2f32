import { chmodSync, lstatSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../server/src/node.ts';
import { asking, createProject, mended, type Project, sleeping } from './project.ts';

let project: Project;
beforeEach(() => {
  project = createProject();
});
afterEach(() => project.remove());

describe('--fix', () => {
  test('applies what is safe, and the exit code speaks of what is left', async () => {
    project.write({ 'a.py': sleeping, 'b/c.py': sleeping });
    const { code, stdout, stderr } = await project.run('check', '--fix');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('No findings in 2 files.\nFixed 2 findings.\n');
    expect([project.read('a.py'), project.read('b/c.py')]).toEqual([mended, mended]);
    expect((await project.run('check', '--fix')).stdout).toContain('Fixed 0 findings.');
    expect(project.read('a.py')).toBe(mended);
  });

  test('leaves the others, unless told', async () => {
    project.write({ 'a.py': asking });
    const { code, stdout } = await project.run('check', '--fix');
    expect(code).toBe(1);
    expect(stdout).toContain('Fixed 0 findings.\n1 more can be fixed with --unsafe-fixes');
    expect(project.read('a.py')).toBe(asking);
    const unsafe = await project.run('check', '--fix', '--unsafe-fixes');
    expect(unsafe).toMatchObject({ code: 0, stdout: 'No findings in 1 file.\nFixed 1 finding.\n' });
    expect(project.read('a.py')).toContain('await run_in_threadpool(requests.get, "/")');
  });

  test('tells in JSON how many', async () => {
    project.write({ 'a.py': sleeping });
    const { stdout } = await project.run('check', '--fix', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [], summary: { fixed: 1, errors: 0 } });
  });

  test('keeps byte order mark, line ends, mode and links, and leaves nothing beside', async () => {
    const windows = `\ufeff${sleeping.replaceAll('\n', '\r\n')}`;
    project.write({ 'a.py': windows, 'real/b.py': sleeping });
    chmodSync(path.join(project.folder, 'a.py'), 0o750);
    symlinkSync('real/b.py', path.join(project.folder, 'link.py'));
    await project.run('check', '--fix', 'a.py', 'link.py');
    expect(project.read('a.py')).toBe(`\ufeff${mended.replaceAll('\n', '\r\n')}`);
    expect(statSync(path.join(project.folder, 'a.py')).mode & 0o777).toBe(0o750);
    expect(lstatSync(path.join(project.folder, 'link.py')).isSymbolicLink()).toBe(true);
    expect(project.read('real/b.py')).toBe(mended);
    expect(readdirSync(project.folder).sort()).toEqual(['a.py', 'link.py', 'real']);
  });

  test.each([
    ['cp949', [0xc7, 0xd1, 0xb1, 0xdb]],
    ['latin-1', [0xe9, 0xff, 0x80]],
    ['shift_jis', [0x93, 0xfa, 0x96, 0x7b]],
    ['windows-1251', [0xcf, 0xf0]],
  ])('keeps the encoding %s', async (name, letters) => {
    const head = Buffer.concat([
      Buffer.from(`# coding: ${name}\n# `),
      Buffer.from(letters),
      Buffer.from('\n'),
    ]);
    project.write({ 'a.py': Buffer.concat([head, Buffer.from(sleeping)]) });
    await project.run('check', '--fix');
    expect(Buffer.from(project.bytes('a.py'))).toEqual(Buffer.concat([head, Buffer.from(mended)]));
  });

  test('keeps bytes that are not what they should be', async () => {
    const head = Buffer.from('# caf\xe9\n', 'latin1');
    project.write({ 'a.py': Buffer.concat([head, Buffer.from(sleeping)]) });
    expect((await project.run('check', '--fix')).stderr).toContain('read as Latin-1');
    expect(Buffer.from(project.bytes('a.py'))).toEqual(Buffer.concat([head, Buffer.from(mended)]));
  });

  test('leaves alone what has changed meanwhile', async () => {
    project.write({ 'a.py': sleeping, 'b.py': sleeping });
    let reads = 0;
    const fs: typeof nodeFileSystem = {
      ...nodeFileSystem,
      async readFile(file) {
        if (file.endsWith('/a.py') && ++reads === 2) project.write({ 'a.py': '# mine now\n' });
        return nodeFileSystem.readFile(file);
      },
    };
    const { code, stderr } = await project.runWith({ fs }, 'check', '--fix');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'fastapi-mentor: a.py: it has changed since it was analysed, and was not fixed\n',
    );
    expect([project.read('a.py'), project.read('b.py')]).toEqual(['# mine now\n', mended]);
  });

  test('tells of what it could not write', async () => {
    project.write({ 'a.py': sleeping });
    const writeFile = () => Promise.reject(new Error('EROFS'));
    const { code, stderr } = await project.runWith({ writeFile }, 'check', '--fix');
    expect(code).toBe(2);
    expect(stderr).toBe('fastapi-mentor: a.py: it cannot be written, and was not fixed\n');
  });

  test('mends only the files that were named', async () => {
    project.write({ 'requirements.txt': '', 'a.py': sleeping, 'b.py': sleeping });
    await project.run('check', '--fix', 'a.py');
    expect([project.read('a.py'), project.read('b.py')]).toEqual([mended, sleeping]);
  });

  test('does not mend what a comment or a baseline keeps quiet', async () => {
    const quiet = sleeping.replace('a while', 'mentor: ignore[async]');
    project.write({ 'a.py': quiet, 'b.py': sleeping });
    await project.run('check', '--write-baseline');
    const { code } = await project.run('check', '--fix', '--baseline');
    expect(code).toBe(0);
    expect([project.read('a.py'), project.read('b.py')]).toEqual([quiet, sleeping]);
  });
});

describe('--diff-fixes', () => {
  test('prints a diff that git takes, and writes nothing', async () => {
    project.write({ 'app/a.py': sleeping });
    const { code, stdout, stderr } = await project.run('check', '--diff-fixes');
    expect(code).toBe(1);
    expect(stdout).toBe(`--- a/app/a.py
+++ b/app/a.py
@@ -1,5 +1,6 @@
+import asyncio
 import time
 
 
 async def poll() -> None:
-    time.sleep(1)  # a while
+    await asyncio.sleep(1)  # a while
`);
    expect(stderr).toBe('Would fix 1 finding in 1 file.\n');
    expect(project.read('app/a.py')).toBe(sleeping);
  });

  test('has the unsafe ones when told, and speaks Korean', async () => {
    project.write({ 'a.py': asking });
    expect((await project.run('check', '--diff-fixes')).stdout).toBe('');
    const run = await project.run('check', '--diff-fixes', '--unsafe-fixes', '--lang', 'ko');
    expect(run.stdout).toContain('+    await run_in_threadpool(requests.get, "/")');
    expect(run.stderr).toContain('1건을 고칠 수 있습니다');
    expect(project.read('a.py')).toBe(asking);
  });
});

describe('the standard input', () => {
  test('is read as a file of its project', async () => {
    project.write({
      'requirements.txt': '',
      'app/__init__.py': '',
      'app/compat.py': 'from time import sleep as pause\n',
      'app/a.py': 'x = 1\n',
    });
    const stdin = 'from app.compat import pause\n\n\nasync def f() -> None:\n    pause(1)\n';
    const { code, stdout } = await project.runWith(
      { stdin },
      'check',
      '-',
      '--stdin-filename',
      'app/a.py',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('a.py:5:5: error async/blocking-sleep');
    expect(stdout).toContain('5 |     pause(1)');
    expect(project.read('app/a.py')).toBe('x = 1\n');
  });

  test('may be a file that is not there, or have no name', async () => {
    expect((await project.runWith({ stdin: sleeping }, 'check', '-')).stdout).toContain(
      'stdin.py:5:5',
    );
    const named = await project.runWith(
      { stdin: sleeping },
      'check',
      '-',
      '--stdin-filename',
      'x/new.py',
    );
    expect(named.stdout).toContain('new.py:5:5');
  });

  test('is passed on mended, and nothing else with it', async () => {
    const run = await project.runWith({ stdin: sleeping }, 'check', '-', '--fix');
    expect(run).toEqual({
      code: 0,
      stdout: mended,
      stderr: 'No findings in 1 file.\nFixed 1 finding.\n',
    });
    const same = await project.runWith({ stdin: asking }, 'check', '-', '--fix');
    expect(same).toMatchObject({ code: 1, stdout: asking });
    expect(same.stderr).toContain('async/blocking-http');
  });

  test('keeps its byte order mark and its line ends', async () => {
    const stdin = `\ufeff${sleeping.replaceAll('\n', '\r\n')}`;
    const { stdout } = await project.runWith({ stdin }, 'check', '-', '--fix');
    expect(stdout).toBe(`\ufeff${mended.replaceAll('\n', '\r\n')}`);
  });

  test('is shown as a diff', async () => {
    const { stdout } = await project.runWith({ stdin: sleeping }, 'check', '-', '--diff-fixes');
    expect(stdout).toContain('+++ b/stdin.py');
  });

  test('that is no text is not passed on as nothing', async () => {
    const run = await project.runWith({ stdin: new Uint8Array([0, 1]) }, 'check', '-', '--fix');
    expect(run).toMatchObject({ code: 2, stdout: '' });
  });
});

test.each([
  [['check', '--unsafe-fixes'], '--unsafe-fixes needs --fix or --diff-fixes'],
  [
    ['check', '--baseline', '--write-baseline'],
    '--baseline and --write-baseline exclude each other',
  ],
  [
    ['check', '--diff-fixes', '--write-baseline'],
    '--diff-fixes writes nothing, --write-baseline does',
  ],
  [['check', '-', '.'], '- is the standard input, and is checked alone'],
  [['check', '-', '--write-baseline'], '--write-baseline needs files, not the standard input'],
  [['check', '--stdin-filename', 'a.py'], '--stdin-filename needs - as the path'],
])('%j is refused', async (args, line) => {
  expect(await project.run(...args)).toEqual({
    code: 2,
    stdout: '',
    stderr: `fastapi-mentor: ${line}\n`,
  });
});

test('quiet findings are one entry a file and rule in text, all in JSON', async () => {
  const routes = ['a', 'b', 'c'].map(
    (name) => `@app.get("/${name}")\ndef ${name}():\n    return {"a": load()}\n`,
  );
  const head = 'from fastapi import FastAPI\n\nfrom other import load\n\napp = FastAPI()\n';
  project.write({ 'a.py': [head, ...routes].join('\n\n') });
  const text = await project.run('check');
  expect(text.stdout.match(/missing-response-model/g)).toHaveLength(1);
  expect(text.stdout).toMatch(/\(and 2 more in this file\)\n/);
  expect(text.stdout).toMatch(/3 (hints|infos)/);
  expect((await project.run('check', '--lang', 'ko')).stdout).toContain('(이 파일에 2건 더 있음)');
  const json = JSON.parse((await project.run('check', '--format', 'json')).stdout);
  expect(json.diagnostics).toHaveLength(3);
});
