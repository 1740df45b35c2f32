import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../server/src/engine/diagnostic.ts';
import { localise } from '../../server/src/engine/localise.ts';
import { readComments } from '../../server/src/syntax/comments.ts';
import { wasmParser } from '../support/parser.ts';
import { openWorkspace, pathOf } from '../support/workspace.ts';
import { applied } from './apply.ts';

const parser = await wasmParser();

function found(text: string): readonly Diagnostic[] {
  return openWorkspace(parser, { 'main.py': text }).diagnose(pathOf('main.py'));
}

/** What is said, in short: `line rule`, the line from 1. */
const brief = (text: string) =>
  found(text).map(({ range, rule }) => `${range.start.line + 1} ${rule}`);

/** A function on the event loop with these lines. */
const onLoop = (...lines: string[]) =>
  ['import time', 'async def f() -> None:', ...lines.map((line) => `    ${line}`), ''].join('\n');

const SLEEP = 'async/blocking-sleep';
const UNUSED = 'mentor/unused-suppression';

describe('comments', () => {
  const read = (text: string) =>
    readComments(text).comments.map(({ start, end }) => text.slice(start, end));
  test.each([
    ['x = 1  # one\n# two\n', ['# one', '# two']],
    ['x = "# no"\n', []],
    ['x = """\n# no\n"""  # yes', ['# yes']],
    ["x = r'\\'  # no'\n# yes\n", ['# yes']],
    ['f(  # a\n  1,  # b\n  # c\n)  # d\n', ['# a', '# b', '# c', '# d']],
    ['x = f"{y!r:#x}"  # yes\r\n# two\r\n', ['# yes', '# two']],
    ['x = \\\n  1  # yes', ['# yes']],
    ['', []],
    ['"""never closes # no\n', []],
    ['"""never closes # no\n\ndef f():\n    pass  # yes\n', ['# yes']],
  ])('of %j', (text, expected) => expect(read(text)).toEqual(expected));
});

describe('`# mentor: ignore[...]` silences', () => {
  test.each([
    ['at the end of the line', onLoop(`time.sleep(1)  # mentor: ignore[${SLEEP}]`)],
    ['without spaces', onLoop(`time.sleep(1) #mentor:ignore[${SLEEP}]`)],
    ['with a reason', onLoop(`time.sleep(1)  # mentor: ignore[${SLEEP}] -- measured, fine`)],
    ['on the line above', onLoop(`# mentor: ignore[${SLEEP}]`, 'time.sleep(1)')],
    ['above another comment', onLoop(`# mentor: ignore[${SLEEP}]`, '# why', 'time.sleep(1)')],
    ['by its category', onLoop('time.sleep(1)  # mentor: ignore[async]')],
    [
      'after another comment',
      onLoop(`time.sleep(1)  # type: ignore[misc]  # mentor: ignore[${SLEEP}]`),
    ],
    [
      'on the first line of its statement',
      onLoop(`print(  # mentor: ignore[${SLEEP}]`, '  time.sleep(1),', ')'),
    ],
    [
      'on the last line of its statement',
      onLoop('print(', '  time.sleep(1),', `)  # mentor: ignore[${SLEEP}]`),
    ],
    [
      'on its own line of a statement',
      onLoop('print(', `  time.sleep(1),  # mentor: ignore[${SLEEP}]`, '  2,', ')'),
    ],
    [
      'above its own line of a statement',
      onLoop('print(', `  # mentor: ignore[${SLEEP}]`, '  time.sleep(1),', ')'),
    ],
    [
      'above its statement',
      onLoop(`# mentor: ignore[${SLEEP}]`, 'print(', '  time.sleep(1),', ')'),
    ],
    [
      'with windows line ends',
      onLoop(`time.sleep(1)  # mentor: ignore[${SLEEP}]`).replaceAll('\n', '\r\n'),
    ],
    [
      'for the whole file',
      `# mentor: ignore-file[${SLEEP}]\n${onLoop('time.sleep(1)', 'time.sleep(2)')}`,
    ],
    ['for the whole file, at its end', `${onLoop('time.sleep(1)')}# mentor: ignore-file[async]\n`],
  ])('%s', (_, text) => expect(brief(text)).toEqual([]));

  test('several rules', () => {
    const text = onLoop(`time.sleep(1)  # mentor: ignore[async/blocking-http, ${SLEEP}]`);
    expect(brief(text)).toEqual([`3 ${UNUSED}`]);
    const both = onLoop(
      'import requests',
      `time.sleep(requests.get("/"))  # mentor: ignore[async/blocking-http, ${SLEEP}]`,
    );
    expect(brief(both)).toEqual([]);
  });

  const route = (...lines: string[]) =>
    [
      'from fastapi import FastAPI',
      'app = FastAPI()',
      ...lines,
      '    return {"a": load()}',
      'def load(): ...',
      '',
    ].join('\n');
  test.each([
    [
      'above the decorators',
      ['# mentor: ignore[response]', '@app.get(', '    "/a",', ')', 'def a():'],
    ],
    ['on the decorator', ['@app.get("/a")  # mentor: ignore[response]', 'def a():']],
    [
      'at the end of the head',
      ['@app.get("/a")', 'def a(', '    x: int = 1,', '):  # mentor: ignore[response]'],
    ],
    [
      'between the decorator and the function',
      ['@app.get("/a")', '# mentor: ignore[response]', 'def a():'],
    ],
  ])('a route %s', (where, lines) => {
    expect(brief(route('@app.get("/a")', 'def a():'))).toEqual([
      '3 response/missing-response-model',
    ]);
    const said = where.startsWith('between') ? 2 : 0;
    expect(brief(route(...lines))).toHaveLength(said);
  });
});

describe('does not silence', () => {
  test.each([
    ['another line', onLoop(`x = 1  # mentor: ignore[${SLEEP}]`, 'time.sleep(1)'), 2],
    ['over a blank line', onLoop(`# mentor: ignore[${SLEEP}]`, '', 'time.sleep(1)'), 2],
    [
      'the lines below the next',
      onLoop(`# mentor: ignore[${SLEEP}]`, 'time.sleep(1)', 'time.sleep(2)'),
      1,
    ],
    ['from inside a string', onLoop(`x = "# mentor: ignore[${SLEEP}]"; time.sleep(1)`), 1],
    [
      'the body of a function',
      `import time\n# mentor: ignore[async]\nasync def f() -> None:\n    time.sleep(1)\n`,
      2,
    ],
    [
      'another line of the statement',
      onLoop('print(', `  2,  # mentor: ignore[${SLEEP}]`, '  time.sleep(1),', ')'),
      2,
    ],
    ['prose about mentors', onLoop('time.sleep(1)  # mentor: Ada'), 1],
    ['prose about mentors that says ignored', onLoop('time.sleep(1)  # mentor: ignored by all'), 1],
  ])('%s', (_, text, count) => {
    expect(brief(text)).toHaveLength(count);
    expect(brief(text).some((each) => each.endsWith(SLEEP))).toBe(true);
  });
});

describe('`noqa` of ruff and flake8', () => {
  test.each([
    ['by its code', onLoop('time.sleep(1)  # noqa: ASYNC251')],
    ['among other codes', onLoop('time.sleep(1)  # noqa: E501, ASYNC251 why')],
    ['with spaces between', onLoop('time.sleep(1)  # noqa:E501 ASYNC251')],
    ['by the start of its code', onLoop('time.sleep(1)  # noqa: ASYNC2')],
    ['in other letters', onLoop('time.sleep(1)  # NOQA: async251')],
    ['bare', onLoop('time.sleep(1)  # noqa')],
    ['bare, with a reason', onLoop('time.sleep(1)  # noqa -- measured')],
    ['after another comment', onLoop('time.sleep(1)  # fine # noqa: ASYNC251')],
    ['for the file', `# ruff: noqa: ASYNC251\n${onLoop('time.sleep(1)')}`],
    ['for the file, bare', `${onLoop('time.sleep(1)')}# flake8: noqa\n`],
  ])('silences %s, and is never said to be unused', (_, text) => {
    expect(brief(text)).toEqual([]);
    expect(brief(text.replaceAll('time.sleep(1)', 'x = 1'))).toEqual([]);
  });

  test.each([
    ['of another code', onLoop('time.sleep(1)  # noqa: E501')],
    ['on another line', onLoop('# noqa: ASYNC251', 'time.sleep(1)')],
    ['as a part of a word', onLoop('time.sleep(1)  # noqability')],
  ])('does not silence %s', (_, text) => expect(brief(text)).toHaveLength(1));

  test('bare, leaves a rule that has no code', () => {
    const route =
      'from fastapi import FastAPI\nfrom x import y\napp = FastAPI()\n@app.get("/")  # noqa\ndef a():\n    return {"a": y()}\n';
    expect(brief(route)).toEqual(['4 response/missing-response-model']);
  });
});

describe('what scanners were told', () => {
  const secret = (comment: string) => `JWT_SECRET = "s3cr3t-of-the-shop"${comment}\n`;

  test.each([
    '  # nosec',
    '  # nosec B105',
    '  # nosec: B101, B105',
    '  # nosec - only for local work',
    '  # pragma: allowlist secret',
    '  # gitleaks:allow',
  ])('%s silences a secret', (comment) => expect(brief(secret(comment))).toEqual([]));

  test.each(['', '  # nosec B608', '  # nosecurity', '  # pragma: no cover'])(
    '%j does not',
    (comment) => expect(brief(secret(comment))).toEqual(['1 security/hardcoded-secret']),
  );

  test('silences what they say nothing about as little', () =>
    expect(brief(onLoop('time.sleep(1)  # nosec'))).toHaveLength(1));
});

describe('a comment that does nothing is a hint', () => {
  test('when nothing is found, with the edit that removes it', () => {
    const text = onLoop('x = 1  # mentor: ignore[async]  ', 'y = 2');
    const [hint, ...others] = found(text);
    expect(others).toEqual([]);
    expect(hint).toMatchObject({ rule: UNUSED, level: 'hint', tags: ['unnecessary'] });
    expect(applied(text, hint)).toBe(onLoop('x = 1', 'y = 2'));
  });

  test.each([
    ['alone on its line', onLoop('# mentor: ignore[async]', 'x = 1'), onLoop('x = 1')],
    [
      'before another comment',
      onLoop('x = 1  # mentor: ignore[async]  # noqa: E501'),
      onLoop('x = 1  # noqa: E501'),
    ],
    [
      'after another comment',
      onLoop('x = 1  # noqa: E501  # mentor: ignore[async] why'),
      onLoop('x = 1  # noqa: E501'),
    ],
    [
      'with a reason',
      'x = 1  # mentor: ignore[async] -- because\r\ny = 2\r\n',
      'x = 1\r\ny = 2\r\n',
    ],
    ['at the end of the text', 'x = 1\n# mentor: ignore-file[async]', 'x = 1\n'],
  ])('%s', (_, text, expected) => expect(applied(text, found(text)[0])).toBe(expected));

  test.each([
    ['the first', 'async/blocking-http, async/blocking-sleep', 'async/blocking-sleep'],
    ['the last', 'async/blocking-sleep, async/blocking-http', 'async/blocking-sleep'],
    ['the middle', 'async/blocking-sleep,response,async', 'async/blocking-sleep,async'],
  ])('%s of several names', (_, names, expected) => {
    const text = onLoop(`time.sleep(1)  # mentor: ignore[${names}]`);
    expect(applied(text, found(text)[0])).toBe(
      onLoop(`time.sleep(1)  # mentor: ignore[${expected}]`),
    );
  });

  test('but not while files are still being read', () => {
    const workspace = openWorkspace(parser, {
      'main.py': onLoop('x = 1  # mentor: ignore[async]'),
    });
    workspace.setLoaded(false);
    expect(workspace.diagnose(pathOf('main.py'))).toEqual([]);
    workspace.setLoaded(true);
    expect(workspace.diagnose(pathOf('main.py'))).toHaveLength(1);
  });

  test('nor when the rule does not run', () => {
    const text = onLoop(`time.sleep(1)  # mentor: ignore[${SLEEP}]`);
    const workspace = openWorkspace(parser, { 'main.py': text }, { rules: [] });
    expect(workspace.diagnose(pathOf('main.py'))).toEqual([]);
  });

  test.each([
    ['async/blocking-slep', SLEEP],
    ['blocking-sleep', SLEEP],
    ['blocking_sleep', SLEEP],
    ['asinc', 'async'],
    ['respnse/missing-response-model', 'response/missing-response-model'],
  ])('when `%s` is no rule, with the nearest name', (name, nearest) => {
    const text = onLoop(`time.sleep(1)  # mentor: ignore[${name}]`);
    const hint = found(text).find(({ rule }) => rule === 'mentor/suppression');
    expect(hint?.message).toContain(`Did you mean \`${nearest}\`?`);
    expect(applied(text, hint)).toContain(`ignore[${nearest}]`);
  });

  test('when nothing is near', () => {
    const hint = found('x = 1  # mentor: ignore[E501]\n')[0];
    expect(hint).toMatchObject({ rule: 'mentor/suppression', messageId: 'unknown', fix: null });
  });

  test.each(['ignore', 'ignore[]'])(
    'when `%s` names no rule; it takes those that speak there',
    (word) => {
      const text = onLoop(`time.sleep(1)  # mentor: ${word}`);
      const hint = found(text).find(({ rule }) => rule === 'mentor/suppression');
      expect(hint?.message).toContain('Name the rule');
      expect(applied(text, hint)).toBe(onLoop(`time.sleep(1)  # mentor: ignore[${SLEEP}]`));
    },
  );

  test('when `ignore` is misspelled', () => {
    const text = onLoop(`time.sleep(1)  # mentor: ignroe[${SLEEP}]`);
    expect(brief(text)).toEqual([`3 ${SLEEP}`, '3 mentor/suppression']);
    const hint = found(text).find(({ rule }) => rule === 'mentor/suppression');
    expect(applied(text, hint)).toBe(onLoop(`time.sleep(1)  # mentor: ignore[${SLEEP}]`));
    expect(brief(text.replace('ignroe', 'IGNORE'))).toEqual([]);
  });

  test('and said in Korean', () => {
    const [hint] = found('x = 1  # mentor: ignore[async]\n');
    if (hint === undefined) throw new Error('no hint');
    const korean = localise(hint, 'ko');
    expect(korean.message).toMatch(/[가-힣]/);
    expect(korean.fix?.title).toMatch(/[가-힣]/);
    expect(korean.fix?.edits).toEqual(hint.fix?.edits);
  });
});

test('typing elsewhere looks at comments again and at no finding', () => {
  const text = onLoop(`time.sleep(1)  # mentor: ignore[${SLEEP}]`);
  const workspace = openWorkspace(parser, { 'main.py': text });
  workspace.diagnose(pathOf('main.py'));
  workspace.db.resetCounts();
  workspace.setText(pathOf('main.py'), `\n\n${text}`);
  expect(workspace.diagnose(pathOf('main.py'))).toEqual([]);
  expect(workspace.db.counts().get('findings')).toBeUndefined();
});

test('thousands of comments and findings take no time', () => {
  const many = Array.from({ length: 4000 }, (_, at) =>
    at % 2 === 0
      ? `time.sleep(${at})  # noqa: ASYNC251`
      : `time.sleep(${at})  # mentor: ignore[async]`,
  );
  const workspace = openWorkspace(parser, { 'main.py': onLoop(...many) });
  workspace.diagnose(pathOf('main.py'));
  const start = performance.now();
  workspace.setText(pathOf('main.py'), `# one more line\n${onLoop(...many)}`);
  expect(workspace.diagnose(pathOf('main.py'))).toEqual([]);
  // A quadratic walk takes several seconds.
  expect(performance.now() - start).toBeLessThan(1500);
});
