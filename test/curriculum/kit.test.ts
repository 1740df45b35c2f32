// The authoring kit finds what it is there for.
import { describe, expect, test } from 'vitest';
import { exerciseById } from '../../server/src/curriculum/curriculum.ts';
import { describeFailure } from '../../server/src/curriculum/pytest.ts';
import { failuresIn, THE_TESTS } from './behaviour.ts';
import { verdict } from './checkExercises.ts';
import { checkPages, checkText, compare } from './checkPages.ts';
import { sourcesIn } from './sources.ts';

const sources = sourcesIn();
const { curriculum } = sources;
const page = 'expert/04-async/lesson.md';

describe('a page', () => {
  test('of ours is as it should be', () => {
    expect(
      checkPages(
        sources,
        curriculum.tracks.flatMap(({ chapters }) => chapters.flatMap(({ lessons }) => lessons)),
      ),
    ).toEqual([]);
  });

  test.each([
    ['[a](rule:async/no-such-rule)', 'rule:async/no-such-rule: there is no such rule'],
    ['[a](lesson:expert/99-none)', 'lesson:expert/99-none: there is no such lesson'],
    [
      '[a](exercise:expert/04-async/9-none)',
      'exercise:expert/04-async/9-none: there is no such exercise',
    ],
    ['[a](term:no-such-term)', 'term:no-such-term: the glossary has no such term'],
    ['[a](../other.md)', '../other.md: no link that a page may have'],
    ['[a](http://example.org)', 'http://example.org: no link that a page may have'],
    ['![A picture with enough words](media/none.svg)', 'media/none.svg: there is no such picture'],
    ['![loop](media/loop.svg)', 'media/loop.svg: the picture has no words: "loop"'],
    ['**경로(path)**가', '**경로(path)**가: it is not shown as emphasis'],
    ['*`x`*를 씁니다', '*`x`*를: it is not shown as emphasis'],
    ['<!-- example: none.py -->', 'there is no examples/none.py'],
    ['<!-- output: none.py -->', 'there is no examples/none.out'],
  ])('%s', (text, said) => {
    expect(checkText(sources, page, text)).toEqual([said]);
  });

  test('emphasis that is shown is left alone', () => {
    const text =
      '**A.** B **경로**(path)가 *왜*인지 **`x`** a**b**c 2 * 3 * 4\n\n```\n**a(b)**c\n```\n';
    expect(checkText(sources, page, text)).toEqual([]);
  });

  test('what is code is no link', () => {
    expect(checkText(sources, page, '`[a](x)` and\n\n```md\n[a](x)\n```\n')).toEqual([]);
  });

  test.each([
    ['# A\n\n## B\n', '# 가\n', 'headings in English'],
    ['# A\n\n[x](rule:a/b)\n', '# 가\n', 'links of ours in English'],
    ['# A\n\n```\nx\n```\n', '# 가\n', 'blocks of code in English'],
    ['# A\n\n<!-- exercises -->\n', '# 가\n', 'markers in English'],
    ['# A\n', '# B\n', 'it is not Korean'],
  ])('%j is not %j', (en, ko, said) => {
    expect(compare(page, en, ko).join('\n')).toContain(said);
  });
});

describe('an exercise', () => {
  const exercise = exerciseById(curriculum, 'expert/04-async/1-stalled-service');
  if (exercise === undefined) throw new Error('the first exercise is gone');
  const listed = exercise.proof.starter.map(
    ({ what, says }) => [what, `E  ${says ?? 'x'}`] as const,
  );
  const judge = (
    name: string,
    failed: readonly (readonly [string, string])[],
    findings: string[] = [],
  ) => verdict({ exercise, name }, new Map(failed), findings);

  test('the starter fails in just what it lists', () => {
    expect(judge('starter', listed, ['a/b at app/main.py:1'])).toEqual([]);
    expect(judge('starter', listed.slice(1))).toHaveLength(1);
    expect(judge('starter', [...listed, ['test_more', 'E  boom']])).toEqual([
      expect.stringContaining('test_more fails and is not listed: E  boom'),
    ]);
    const other = listed.map(([what]) => [what, 'E  something else'] as const);
    expect(judge('starter', other).join('\n')).toContain('should say');
  });

  test('the solution passes and has no finding', () => {
    expect(judge('solution', [])).toEqual([]);
    expect(judge('solution', [['test_a', 'E  boom']])[0]).toContain('test_a fails');
    expect(judge('solution', [], ['a/b at app/main.py:1'])[0]).toContain('it has a finding: a/b');
  });

  test('a right one passes, a wrong one fails in what it lists', () => {
    expect(judge('right/one-thread', [], ['a/b at app/main.py:1'])).toEqual([]);
    expect(judge('right/one-thread', [['GET /x', 'no']])).toHaveLength(1);
    const [wrong] = exercise.proof.wrong;
    const fails = wrong?.fails.map(({ what }) => [what, ''] as const) ?? [];
    expect(judge(`wrong/${wrong?.name}`, fails)).toEqual([]);
    expect(judge(`wrong/${wrong?.name}`, [])).toHaveLength(fails.length);
  });

  test('a wrong one whose tests can not be loaded shows nothing', () => {
    const [wrong] = exercise.proof.wrong;
    const fails = wrong?.fails.map(({ what }) => [what, ''] as const) ?? [];
    expect(judge(`wrong/${wrong?.name}`, [...fails, [THE_TESTS, '']])).toHaveLength(1);
  });
});

describe('what a failure says', () => {
  const exercise = exerciseById(curriculum, 'foundations/1-2-parameters/1-run-filter');
  if (exercise === undefined) throw new Error('the exercise is gone');

  test.each([
    ['GET /runs?tag=vision lists tiny, baseline', 'GET /runs?tag=vision의 목록: tiny, baseline'],
    ['GET /runs?tag=(a) lists nothing', 'GET /runs?tag=(a)의 목록이 비어 있습니다'],
    ["NameError: name 'x' is not defined", "NameError: name 'x' is not defined"],
    ['before GET /runs lists nothing of it', 'before GET /runs lists nothing of it'],
  ])('%s', (en, ko) => {
    expect(describeFailure(exercise, en)).toEqual({ en, ko });
  });

  test('has Korean words, unless Python says it', () => {
    const judge = (said: string) => {
      const listed = exercise.proof.starter.map(({ what, says }) => [what, says ?? ''] as const);
      const [[first = '', says = ''] = []] = listed.filter(([, each]) => each !== '');
      const failed = new Map([...listed, [first, `${says}\nE   ${said}`]]);
      return verdict({ exercise, name: 'starter' }, failed, []);
    };
    expect(judge('AssertionError: it went wrong').join('\n')).toContain(
      'has no Korean for: it went wrong',
    );
    expect(judge('Failed: it went wrong')).toHaveLength(1);
    expect(judge('AssertionError: GET /runs lists nothing')).toEqual([]);
    expect(judge('AssertionError: assert 1 == 2')).toEqual([]);
    expect(judge('KeyError: 1')).toEqual([]);
  });
});

describe('what a run of the tests says', () => {
  const run = (code: number, ...events: readonly object[]) => ({
    code,
    printed: events.map((event) => `##mentor##${JSON.stringify(event)}\n`).join('.\n'),
  });
  const found = (...tests: string[]) => ({ kind: 'found', tests });
  const ended = (test: string, long?: string) =>
    long === undefined
      ? { kind: 'ended', test, outcome: 'passed' }
      : { kind: 'ended', test, outcome: 'failed', long };

  test('nothing when all passed', () => {
    expect(failuresIn(run(0, found('test_a'), ended('test_a')))).toEqual(new Map());
  });

  test('all of what a parametrised test says', () => {
    const events = [
      found('test_a[1]', 'test_a[2]'),
      ended('test_a[1]', 'x'),
      ended('test_a[2]', 'y'),
    ];
    expect(failuresIn(run(1, ...events))).toEqual(new Map([['test_a', 'x\ny']]));
  });

  test('a test that took the process with it has failed', () => {
    const failed = failuresIn(run(-9, found('test_a', 'test_b'), ended('test_a')));
    expect([...failed]).toEqual([['test_b', expect.stringContaining('-9')]]);
  });

  test.each([
    ['no test', run(5, found())],
    ['no Python', { code: undefined, printed: '' }],
    ['a file that can not be loaded', run(2, { kind: 'broken', says: 'SyntaxError' }, found())],
  ])('%s', (_, one) => {
    expect([...failuresIn(one).keys()]).toEqual([THE_TESTS]);
  });
});
