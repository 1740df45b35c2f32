import { describe, expect, it } from 'vitest';
import { CaseError, casesOf, textOf } from './cases.ts';
import { apply, check, loadParser } from './check.ts';
import { codeNames, headOf, readKorean, withCode } from './page.ts';

const parser = await loadParser();
const rule = 'async/blocking-sleep';

function page(...lines: string[]): string {
  return ['# title', '', ...lines].join('\n');
}

function block(info: string, ...code: string[]): string[] {
  return [`\`\`\`${info}`, ...code, '```'];
}

/** What is wrong with the cases of a page, each as `line: first line of text`. */
async function problems(...lines: string[]): Promise<string[]> {
  const found = await Promise.all(casesOf(page(...lines)).map((one) => check(parser, rule, one)));
  return found.flat().map(({ line, text }) => `${line}: ${text.split('\n').join(' | ')}`);
}

const bad = ['import time', 'async def f() -> None:'];
const call = '    time.sleep(1)';

describe('a block', () => {
  it('passes when exactly what it expects is said', async () => {
    expect(await problems(...block('python', ...bad, `${call}  # error: [${rule}]`))).toEqual([]);
    expect(await problems(...block('python', 'x = 1'))).toEqual([]);
    const on = `${call}  # error: [${rule}] on "time.sleep"`;
    expect(await problems(...block('python', ...bad, on))).toEqual([]);
  });

  it('fails, at the line of the page, for what is missing, not expected, or another level', async () => {
    expect(await problems(...block('python', `x = 1  # error: [${rule}]`))).toEqual([
      `4:   x = 1 | - error: [${rule}] (not found)`,
    ]);
    const [said, ...more] = await problems('## Heading', '', ...block('python', ...bad, call));
    expect(more).toEqual([]);
    expect(said).toMatch(/^8: {7}time\.sleep\(1\) \| \+ error: \[async\/blocking-sleep\] on /);
    const softer = await problems(...block('python', ...bad, `${call}  # warning: [${rule}]`));
    expect(softer[0]).toContain('- warning: [async/blocking-sleep] (not found) | + error:');
    const elsewhere = await problems(
      ...block('python', ...bad, `${call}  # error: [${rule}] on "sleep"`),
    );
    expect(elsewhere[0]).toContain('- error: [async/blocking-sleep] on "sleep" (not found)');
  });

  it('expects several on one line, in any order, each once', async () => {
    const twice = 'import time, time as t\nasync def f() -> None:\n    time.sleep(1); t.sleep(2)';
    const both = `  # error: [${rule}] on "t.sleep", error: [${rule}] on "time.sleep"`;
    expect(await problems(...block('python', twice + both))).toEqual([]);
    expect(await problems(...block('python', `${twice}  # error: [${rule}]`))).toHaveLength(1);
    const same = `  # error: [${rule}], error: [${rule}]`;
    expect(await problems(...block('python', ...bad, call + same))).toHaveLength(1);
  });

  it('expects on the next line what stands on a line of its own', async () => {
    const [one] = casesOf(page(...block('python', ...bad, `    # error: [${rule}]`, call)));
    expect(one && (await check(parser, rule, one))).toEqual([]);
    expect(one?.files[0] && textOf(one.files[0], '\n')).toBe(`${[...bad, call].join('\n')}\n`);
  });

  it('is split into files, each with its own expectations', async () => {
    const files = ['# file: a.py', 'from time import sleep as nap', '# file: b.py'];
    const use = ['from a import nap', 'async def f() -> None:'];
    const [one] = casesOf(
      page(...block('python', ...files, ...use, `    nap(1)  # error: [${rule}]`)),
    );
    expect(one?.files.map(({ path }) => path)).toEqual(['a.py', 'b.py']);
    expect(one && (await check(parser, rule, one))).toEqual([]);
  });

  it('has no expectations that nobody reads', () => {
    const mistakes = [
      `x = 1  # error: ${rule}`,
      `x = 1  # Error: [${rule}]`,
      `x = 1  # error [${rule}]`,
      `x = 1  # fatal: [${rule}]`,
      `x = 1  # error: [${rule}], (see above)`,
    ];
    for (const mistake of mistakes)
      expect(() => casesOf(page(...block('python', mistake))), mistake).toThrow(CaseError);
    expect(() => casesOf(page(...block('python bda', 'x = 1')))).toThrow('`bda`');
    expect(() => casesOf(page(...block('python', '# file: a.py', '# file: a.py')))).toThrow(
      'twice',
    );
    expect(() => casesOf(page(...block('python fixed', 'x = 1')))).toThrow('follows');
  });

  it('is left out when it is a proof or no Python', () => {
    const other = [...block('python proof', 'x'), ...block('bash', 'x'), ...block('', 'x')];
    expect(casesOf(page(...other))).toEqual([]);
  });

  it('is a known gap below a heading that says so', async () => {
    const lines = [
      '## Known gap: one',
      ...block('python', 'x'),
      '## Other',
      ...block('python', 'x'),
    ];
    expect(casesOf(page(...lines)).map(({ isGap }) => isGap)).toEqual([true, false]);
    const nested = ['## Known gap: one', '### More', ...block('python', 'x')];
    expect(casesOf(page(...nested)).map(({ isGap }) => isGap)).toEqual([true]);
  });
});

describe('a fixed block', () => {
  const before = block('python', ...bad, `${call}  # error: [${rule}]`);
  const after = ['import asyncio', ...bad, '    await asyncio.sleep(1)'];

  it('passes when the fix makes just that', async () => {
    expect(await problems(...before, ...block('python fixed', ...after))).toEqual([]);
  });

  it('fails where the fix makes something else', async () => {
    const wrong = after.map((line) => line.replace('sleep(1)', 'sleep(2)'));
    expect(await problems(...before, ...block('python fixed', ...wrong))).toEqual([
      '12: the fix makes something else: | -     await asyncio.sleep(2) | +     await asyncio.sleep(1)',
    ]);
  });

  it('fails where there is no fix', async () => {
    expect(await problems(...block('python', 'x = 1'), ...block('python fixed', 'x = 1'))).toEqual([
      `7: no finding of ${rule} has a fix`,
    ]);
  });

  it('has its opposite: no fix is offered', async () => {
    const code = [...bad, `${call}  # error: [${rule}]`];
    expect(await problems(...block('python nofix', ...code))).toEqual([
      `4: a finding of ${rule} has a fix`,
    ]);
    expect(await problems(...block('python nofix', 'x = 1'))).toEqual([]);
  });

  it('is analysed too', async () => {
    const [first] = await problems(...before, ...block('python fixed', ...bad, call));
    expect(first).toContain('the fix makes something else');
    const said = await problems(
      ...before,
      ...block('python fixed', ...after, `${call}  # error: [${rule}]`),
    );
    expect(said.some((one) => one.startsWith('13: the fix makes'))).toBe(true);
  });
});

describe('a manifest of a block', () => {
  const json = ['from fastapi.responses import ORJSONResponse', 'answer = ORJSONResponse({})'];
  const deprecated = [
    ...json.slice(0, 1),
    `${json[1]}  # warning: [response/deprecated-json-response]`,
  ];

  it('says which versions the project pins, as in a real one', async () => {
    const pins = [
      ['# file: requirements.txt', 'fastapi==0.130.0'],
      ['# file: pyproject.toml', '[project]', 'dependencies = ["fastapi<0.131"]'],
      ['# file: requirements/base.txt', 'fastapi~=0.130.0  # by hand'],
      ['# file: uv.lock', '[[package]]', 'name = "fastapi"', 'version = "0.130.0"'],
    ];
    for (const lines of pins)
      expect(await problems(...block('python', ...lines, '# file: main.py', ...json))).toEqual([]);
    expect(await problems(...block('python', ...deprecated))).toEqual([]);
  });

  it('is none of the files that a fix makes, and holds for them too', async () => {
    const before = ['# file: requirements.txt', 'fastapi==0.130.0', '# file: main.py', ...bad];
    const after = ['import asyncio', ...bad, '    await asyncio.sleep(1)'];
    const lines = [
      ...block('python', ...before, `${call}  # error: [${rule}]`),
      ...block('python fixed', '# file: main.py', ...after),
    ];
    expect(await problems(...lines)).toEqual([]);
  });

  it('fails where it says nothing, or can not be read', async () => {
    const other = await problems(...block('python', '# file: requirement.txt', 'fastapi<0.9'));
    expect(other).toEqual(['4: what is no Python pins no version']);
    const damaged = await problems(...block('python', '# file: pyproject.toml', '[project'));
    expect(damaged[0]).toContain('pyproject.toml: it is damaged');
    const expecting = block('python', '# file: requirements.txt', `fastapi  # error: [${rule}]`);
    expect(() => casesOf(page(...expecting))).toThrow('stands in Python');
  });
});

describe('edits', () => {
  const edit = (line: number, start: number, end: number, newText: string) => ({
    path: 'a',
    range: { start: { line, character: start }, end: { line, character: end } },
    newText,
  });

  it('are applied from the text as it was, the same one once, and never overlap', () => {
    expect(apply('😀ab\r\ncd', [edit(1, 0, 1, 'X'), edit(0, 2, 3, 'Y')])).toBe('😀Yb\r\nXd');
    expect(apply('ab', [edit(0, 0, 0, 'import\n'), edit(0, 0, 0, 'import\n')])).toBe('import\nab');
    expect(apply('abc', [edit(0, 0, 2, ''), edit(0, 1, 3, '')])).toBeUndefined();
  });
});

describe('a page', () => {
  const front = ['---', 'messages:', '  one: "하나 `{call}`"', 'fixes: {}', '---'];

  it('begins with a title, a summary and facts', () => {
    const head = headOf('# a/b\n\nSummary.\n\nLevel: x\n\n## What\n');
    expect(head).toEqual({ title: 'a/b', summary: 'Summary.', facts: 'Level: x' });
    expect(() => headOf('# a/b\n\nSummary.\n\n## What\n')).toThrow();
  });

  it('in Korean has texts in its front matter, and nothing else', () => {
    const read = readKorean([...front, '# a/b'].join('\r\n'));
    expect(read).toEqual({ messages: { one: '하나 `{call}`' }, fixes: {}, body: '# a/b' });
    const broken = [
      ['# a/b'],
      front.slice(0, -1),
      front.with(2, '  one: 하나'),
      front.with(2, '  one: "하나'),
      front.with(2, '  one: "a" "b"'),
      front.with(2, '    one: "하나"'),
      front.with(3, 'fix:'),
      front.with(3, 'messages:'),
      front.toSpliced(3, 1),
      front.toSpliced(3, 0, '  one: "둘"'),
      front.toSpliced(4, 0, '  two: "둘"'),
    ];
    for (const lines of broken)
      expect(() => readKorean(lines.join('\n')), lines.join('\n')).toThrow();
  });

  it('in Korean shows the code of the English one', () => {
    const english = [
      ...block('python bad', 'x = 1', '', '#'),
      ...block('python bad', 'y = 1'),
      ...block('bash', 'ls'),
    ].join('\n');
    expect(codeNames(english)).toEqual(['bad', 'bad 2', 'bash']);
    const korean = [...front, '글', '', '<!-- code: bad 2 -->', '', '<!-- code: other -->'];
    expect(withCode(korean.join('\n'), english)).toBe(
      ['글', '', ...block('python bad', 'y = 1'), '', '<!-- code: other -->'].join('\n'),
    );
  });
});
