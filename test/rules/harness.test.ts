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
function problems(...lines: string[]): string[] {
  return casesOf(page(...lines)).flatMap((one) =>
    check(parser, rule, one).map(({ line, text }) => `${line}: ${text.split('\n').join(' | ')}`),
  );
}

const bad = ['import time', 'async def f() -> None:'];
const call = '    time.sleep(1)';

describe('a block', () => {
  it('passes when exactly what it expects is said', () => {
    expect(problems(...block('python', ...bad, `${call}  # error: [${rule}]`))).toEqual([]);
    expect(problems(...block('python', 'x = 1'))).toEqual([]);
    const on = `${call}  # error: [${rule}] on "time.sleep"`;
    expect(problems(...block('python', ...bad, on))).toEqual([]);
  });

  it('fails, at the line of the page, for what is missing, not expected, or another level', () => {
    expect(problems(...block('python', `x = 1  # error: [${rule}]`))).toEqual([
      `4:   x = 1 | - error: [${rule}] (not found)`,
    ]);
    const [said, ...more] = problems('## Heading', '', ...block('python', ...bad, call));
    expect(more).toEqual([]);
    expect(said).toMatch(/^8: {7}time\.sleep\(1\) \| \+ error: \[async\/blocking-sleep\] on /);
    const softer = problems(...block('python', ...bad, `${call}  # warning: [${rule}]`));
    expect(softer[0]).toContain('- warning: [async/blocking-sleep] (not found) | + error:');
    const elsewhere = problems(
      ...block('python', ...bad, `${call}  # error: [${rule}] on "sleep"`),
    );
    expect(elsewhere[0]).toContain('- error: [async/blocking-sleep] on "sleep" (not found)');
  });

  it('expects several on one line, in any order, each once', () => {
    const twice = 'import time, time as t\nasync def f() -> None:\n    time.sleep(1); t.sleep(2)';
    const both = `  # error: [${rule}] on "t.sleep", error: [${rule}] on "time.sleep"`;
    expect(problems(...block('python', twice + both))).toEqual([]);
    expect(problems(...block('python', `${twice}  # error: [${rule}]`))).toHaveLength(1);
    const same = `  # error: [${rule}], error: [${rule}]`;
    expect(problems(...block('python', ...bad, call + same))).toHaveLength(1);
  });

  it('expects on the next line what stands on a line of its own', () => {
    const [one] = casesOf(page(...block('python', ...bad, `    # error: [${rule}]`, call)));
    expect(one && check(parser, rule, one)).toEqual([]);
    expect(one?.files[0] && textOf(one.files[0], '\n')).toBe(`${[...bad, call].join('\n')}\n`);
  });

  it('is split into files, each with its own expectations', () => {
    const files = ['# file: a.py', 'from time import sleep as nap', '# file: b.py'];
    const use = ['from a import nap', 'async def f() -> None:'];
    const [one] = casesOf(
      page(...block('python', ...files, ...use, `    nap(1)  # error: [${rule}]`)),
    );
    expect(one?.files.map(({ path }) => path)).toEqual(['a.py', 'b.py']);
    expect(one && check(parser, rule, one)).toEqual([]);
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

  it('is a known gap below a heading that says so', () => {
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

  it('passes when the fix makes just that', () => {
    expect(problems(...before, ...block('python fixed', ...after))).toEqual([]);
  });

  it('fails where the fix makes something else', () => {
    const wrong = after.map((line) => line.replace('sleep(1)', 'sleep(2)'));
    expect(problems(...before, ...block('python fixed', ...wrong))).toEqual([
      '12: the fix makes something else: | -     await asyncio.sleep(2) | +     await asyncio.sleep(1)',
    ]);
  });

  it('fails where there is no fix', () => {
    expect(problems(...block('python', 'x = 1'), ...block('python fixed', 'x = 1'))).toEqual([
      `7: no finding of ${rule} has a fix`,
    ]);
  });

  it('has its opposite: no fix is offered', () => {
    const code = [...bad, `${call}  # error: [${rule}]`];
    expect(problems(...block('python nofix', ...code))).toEqual([
      `4: a finding of ${rule} has a fix`,
    ]);
    expect(problems(...block('python nofix', 'x = 1'))).toEqual([]);
  });

  it('is analysed too', () => {
    const [first] = problems(...before, ...block('python fixed', ...bad, call));
    expect(first).toContain('the fix makes something else');
    const said = problems(
      ...before,
      ...block('python fixed', ...after, `${call}  # error: [${rule}]`),
    );
    expect(said.some((one) => one.startsWith('13: the fix makes'))).toBe(true);
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
