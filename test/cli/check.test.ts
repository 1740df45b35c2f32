import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildWithFake } from '../fake/build.ts';

let cli: string;
let folder: string;

beforeAll(async () => {
  ({ cli } = await buildWithFake('cli'));
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Record<string, string | Uint8Array>) {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Root may read everything, so as root such a test runs as somebody else. */
const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  options: SpawnOptions = {},
): ChildProcess {
  const { FORCE_COLOR: _, NO_COLOR: __, ...rest } = process.env;
  return spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { ...rest, ...env },
    ...options,
  });
}

async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  options: SpawnOptions = {},
) {
  const child = start(args, env, options);
  child.stdin?.end();
  const text = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (data) => {
    text.stdout += data;
  });
  child.stderr?.setEncoding('utf8').on('data', (data) => {
    text.stderr += data;
  });
  const [code] = await once(child, 'close');
  return { code, ...text };
}

const json = async (...args: string[]) => {
  const { stdout, ...rest } = await run(['check', '--format', 'json', ...args]);
  return { ...rest, report: JSON.parse(stdout) };
};

const sleeping = 'import time\ntime.sleep(1)\n';

describe('exit codes', () => {
  test('0 when nothing is found', async () => {
    write({ 'a.py': 'x = 1\n' });
    expect(await run(['check'])).toEqual({
      code: 0,
      stdout: 'No findings in 1 file.\n',
      stderr: '',
    });
  });

  test('1 from the level of --fail-on', async () => {
    write({ 'a.py': 'unpinned\n' });
    expect((await run(['check'])).code).toBe(0);
    expect((await run(['check', '--fail-on', 'hint'])).code).toBe(1);
    write({ 'a.py': 'uses(b)\n', 'b.py': 'defines(b)\n' });
    expect((await run(['check'])).code).toBe(1);
    expect((await run(['check', '--fail-on', 'error'])).code).toBe(0);
    write({ 'a.py': sleeping });
    expect((await run(['check', '--fail-on', 'error'])).code).toBe(1);
    expect((await run(['check', '--fail-on', 'never'])).code).toBe(0);
  });

  test.each([
    [['check', 'nowhere'], 'fastapi-mentor: no such file or folder: nowhere\n'],
    [['chek'], "fastapi-mentor: unknown command 'chek' (Did you mean check?)\n"],
    [['check', '--formt'], "fastapi-mentor: unknown option '--formt' (Did you mean --format?)\n"],
    [['check', '--format', 'xml'], /^fastapi-mentor: option '--format[^\n]*invalid[^\n]*\n$/],
    [['check', '--fail-on'], /^fastapi-mentor: [^\n]*argument missing\n$/],
  ])('2 for %j, with one line', async (args, line) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    if (typeof line === 'string') expect(stderr).toBe(line);
    else expect(stderr).toMatch(line);
  });

  test('2 when a file could not be analysed; the others are', async () => {
    write({ 'a.py': 'crash!\n', 'b.py': sleeping });
    const { code, stdout, stderr } = await run(['check']);
    expect(code).toBe(2);
    expect(stderr).toBe('fastapi-mentor: a.py: it could not be analysed (crashed)\n');
    expect(stdout).toContain('b.py:2:1: error');
  });

  test('a rule that fails is told of; the run counts', async () => {
    write({ 'a.py': `slip!\n${sleeping}`, 'b.py': 'slip!\n' });
    const { code, stdout, stderr } = await run(['check']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'fastapi-mentor: the rule async/slip failed; the other rules are not affected\n',
    );
    expect(stdout).toContain('Found 1 error in 2 files.');
  });

  test('a link that points nowhere is a path that is not there', async () => {
    symlinkSync('/nowhere/at/all', path.join(folder, 'link.py'));
    expect((await run(['check', 'link.py'])).code).toBe(2);
  });
});

describe('json', () => {
  test('has lines and columns from 1 and paths relative to the given one', async () => {
    write({
      'app/a.py': 'x = "한😀"; time.sleep(1)\n',
      'app/b/c.py': 'uses(d)\n',
      'app/d.py': 'defines(d)',
    });
    const { code, report } = await json('app');
    expect(code).toBe(1);
    expect(report).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      diagnostics: [
        {
          rule: 'async/blocking-call',
          level: 'error',
          path: 'a.py',
          range: { start: { line: 1, column: 12 }, end: { line: 1, column: 22 } },
          message: '`time.sleep` blocks the event loop.',
          related: [],
          fix: { applicability: 'quick', title: 'Use `await asyncio.sleep`' },
          fingerprint: expect.any(String),
        },
        {
          rule: 'routing/used',
          level: 'warning',
          path: 'b/c.py',
          range: { start: { line: 1, column: 1 }, end: { line: 1, column: 8 } },
          message: '`d` is used.',
          related: [
            {
              path: 'd.py',
              range: { start: { line: 1, column: 1 }, end: { line: 1, column: 11 } },
              message: 'defined here',
            },
          ],
          fix: null,
          fingerprint: 'uses:d',
        },
      ],
      summary: { files: 3, errors: 1, warnings: 1, infos: 0, hints: 0 },
    });
  });

  test('several paths start with what was typed, and nothing is told twice', async () => {
    write({ 'one/a.py': sleeping, 'two/a.py': sleeping });
    const paths = async (...args: string[]) =>
      (await json(...args)).report.diagnostics.map((each: { path: string }) => each.path);
    expect(await paths('one', './two/')).toEqual(['one/a.py', 'two/a.py']);
    expect(await paths('.', 'one')).toEqual(['one/a.py', 'two/a.py']);
    expect(await paths('one/a.py', 'two/a.py')).toEqual(['one/a.py', 'two/a.py']);
    expect(await paths('one/a.py')).toEqual(['a.py']);
    expect(await paths(path.join(folder, 'one'))).toEqual(['a.py']);
  });

  test('a single file is read with its project around it, but alone reported', async () => {
    write({
      'requirements.txt': '',
      'app/a.py': 'uses(b)\n',
      'lib/b.py': `defines(b)\n${sleeping}`,
      'bin.py': '\0',
    });
    const { report, stderr } = await json('app/a.py');
    expect(stderr).toBe('');
    expect(report.summary).toMatchObject({ files: 1, errors: 0, warnings: 1 });
    expect(report.diagnostics[0].related[0].path).toBe('../lib/b.py');
  });

  test('a file that git ignores is analysed when it is named', async () => {
    write({ '.gitignore': 'a.py', 'a.py': sleeping });
    expect((await json('.')).report.summary.files).toBe(0);
    expect((await json('a.py')).report.summary).toMatchObject({ files: 1, errors: 1 });
  });

  test('pinned versions reach the analysis', async () => {
    write({ 'a.py': 'unpinned\n', 'requirements.txt': 'fastapi==0.115.0\n' });
    expect((await json('.')).report.diagnostics).toEqual([]);
  });

  test('is one document for an empty folder too', async () => {
    expect((await json('.')).report).toMatchObject({ diagnostics: [], summary: { files: 0 } });
  });
});

describe('text', () => {
  test('shows the line, the related place and the fix', async () => {
    write({ 'a.py': '\ttime.sleep(1)\nuses(b)\n', 'b.py': 'defines(b)\n' });
    const { stdout } = await run(['check']);
    expect(stdout).toBe(`a.py:1:2: error async/blocking-call \`time.sleep\` blocks the event loop.
 1 | \ttime.sleep(1)
   | \t^^^^^^^^^^
  fix: Use \`await asyncio.sleep\`

a.py:2:1: warning routing/used \`b\` is used.
 2 | uses(b)
   | ^^^^^^^
  b.py:1:1: defined here

Found 1 error, 1 warning in 2 files.
`);
  });

  test('speaks Korean when told', async () => {
    write({ 'a.py': sleeping });
    const { stdout } = await run(['check', '--lang', 'ko'], { LANG: 'en_US.UTF-8' });
    expect(stdout).toContain('이벤트 루프를 막습니다');
    expect(stdout).toContain('파일 1개에서 1건을 찾았습니다');
  });

  test('speaks English whatever the machine speaks', async () => {
    write({ 'a.py': sleeping });
    expect((await run(['check'], { LANG: 'ko_KR.UTF-8' })).stdout).toContain(
      'blocks the event loop',
    );
  });

  test('does not pass on what a terminal would act on', async () => {
    write({ 'a.py': 'time.sleep(1)  # \u001b[31mred\u001b[0m \u202e\n' });
    const { stdout } = await run(['check']);
    expect(stdout).toContain('# \ufffd[31mred\ufffd[0m \ufffd');
  });

  test('has no colours in a pipe', async () => {
    write({ 'a.py': sleeping });
    expect((await run(['check'])).stdout).not.toContain('\u001b');
  });
});

describe('files that are not what they seem', () => {
  test('binary, huge and oddly encoded ones are told of, and the run goes on', async () => {
    write({
      'binary.py': new Uint8Array([0x7f, 0x45, 0, 1]),
      'huge.py': `${'x = 1\n'.repeat(200_000)}time.sleep(1)\n`,
      'latin.py': Buffer.from('# caf\xe9\ntime.sleep(1)\n', 'latin1'),
      'cookie.py': Buffer.from('# coding: cp949\nx = "\xc7\xd1"; time.sleep(1)\n', 'latin1'),
      'bom.py': `\ufeff${sleeping}`,
      'crlf.py': 'import time\r\ntime.sleep(1)\r\n',
    });
    const { code, stderr, report } = await json('.');
    expect(code).toBe(1);
    expect(stderr.trim().split('\n').sort()).toEqual([
      'fastapi-mentor: binary.py: it is binary',
      'fastapi-mentor: huge.py: it is larger than 1 MB (1.1 MB)',
      'fastapi-mentor: latin.py: it is not valid utf-8, read as Latin-1',
    ]);
    const places = report.diagnostics.map((each: { path: string; range: { start: unknown } }) => [
      each.path,
      each.range.start,
    ]);
    expect(places).toEqual([
      ['bom.py', { line: 2, column: 1 }],
      ['cookie.py', { line: 2, column: 10 }],
      ['crlf.py', { line: 2, column: 1 }],
      ['latin.py', { line: 2, column: 1 }],
    ]);
  });

  test.skipIf(process.platform === 'win32')(
    'unreadable ones too (not tried on Windows, which has no such mode)',
    async () => {
      write({ 'a.py': sleeping, 'b.py': sleeping });
      chmodSync(folder, 0o755);
      chmodSync(path.join(folder, 'a.py'), 0);
      const { code, stderr } = await run(['check'], {}, asNobody);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'fastapi-mentor: a.py: it cannot be read\n',
      });
    },
  );

  test('damaged manifests are told of', async () => {
    write({ 'a.py': 'x = 1\n', 'pyproject.toml': '[project\n' });
    const { code, stderr } = await run(['check']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^fastapi-mentor: pyproject\.toml: it is damaged[^\n]*\n$/);
  });

  test('a folder that links to itself ends', async () => {
    write({ 'app/a.py': sleeping });
    symlinkSync('..', path.join(folder, 'app', 'loop'));
    expect((await json('.')).report.summary).toMatchObject({ files: 1, errors: 1 });
  });
});

test('--version says which parser runs', async () => {
  const { code, stdout } = await run(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^fastapi-mentor \d+\.\d+\.\d+ \(parser: fake\)\n$/);
});

test('--help lists the commands, on stdout', async () => {
  const { code, stdout, stderr } = await run(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('check [options] [paths...]');
});

test('works with a closed stdin and ends quietly when its reader goes', async () => {
  write({ 'a.py': sleeping.repeat(20_000) });
  const child = start(['check']);
  child.stdin?.destroy();
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (data) => {
    stderr += data;
  });
  if (child.stdout !== null) await once(child.stdout, 'data');
  child.stdout?.destroy();
  const [code] = await once(child, 'close');
  expect(stderr).toBe('');
  expect([0, 1]).toContain(code);
});
