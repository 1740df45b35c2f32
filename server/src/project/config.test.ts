import { describe, expect, test } from 'vitest';
import { type Config, type ConfigLevel, findingLevel, ruleLevel } from './config.ts';
import { governing, isConfigFile, readConfigFiles } from './config-files.ts';
import { createMatcher } from './config-globs.ts';
import { mistakeLine, mistakeMessage } from './config-messages.ts';
import { readConfig, readSettings } from './config-read.ts';
import { nearestWord } from './config-words.ts';

const rules = [
  { name: 'async/blocking-sleep', level: 'error' },
  { name: 'async/blocking-http', level: 'error' },
  { name: 'async/needless-async', level: 'off' },
  { name: 'response/tuple-status', level: 'warning' },
] as const;
const [sleep, http, needless, tuple] = rules;

describe('which rules speak', () => {
  const cases: [string, Config, readonly (typeof rules)[number][], ConfigLevel[]][] = [
    ['without a word', {}, rules, ['error', 'error', 'off', 'warning']],
    ['recommended', { preset: 'recommended' }, rules, ['error', 'error', 'off', 'warning']],
    ['strict', { preset: 'strict' }, rules, ['error', 'error', 'info', 'warning']],
    ['one selected', { select: [sleep.name] }, rules, ['error', 'off', 'off', 'off']],
    ['a category', { select: ['async'] }, rules, ['error', 'error', 'off', 'off']],
    ['all, which is not strict', { select: ['all'] }, rules, ['error', 'error', 'off', 'warning']],
    ['an off rule by its name', { select: [needless.name] }, [needless], ['info']],
    [
      'an off rule beside all',
      { select: ['all', needless.name] },
      rules.slice(1),
      ['error', 'info', 'warning'],
    ],
    ['a category ignored', { ignore: ['async'] }, rules, ['off', 'off', 'off', 'warning']],
    ['all ignored', { ignore: ['all'] }, [tuple], ['off']],
    [
      'the more exact wins',
      { select: [sleep.name], ignore: ['async'] },
      [sleep, http],
      ['error', 'off'],
    ],
    ['ignore wins a tie', { select: ['async'], ignore: ['async'] }, [sleep], ['off']],
    [
      'a category within all',
      { select: ['async'], ignore: ['all'] },
      [sleep, tuple],
      ['error', 'off'],
    ],
    ['a level', { levels: { [tuple.name]: 'error' } }, [tuple], ['error']],
    ['a level is an opt-in', { levels: { [needless.name]: 'hint' } }, [needless], ['hint']],
    ['off by level', { preset: 'strict', levels: { [sleep.name]: 'off' } }, [sleep], ['off']],
    [
      'a level is no selection',
      { select: ['response'], levels: { [sleep.name]: 'hint' } },
      [sleep],
      ['off'],
    ],
    ['nothing selected', { select: [] }, [sleep], ['off']],
  ];
  test.each(cases)('%s', (_, config, asked, levels) => {
    expect(asked.map((rule) => ruleLevel(config, rule))).toEqual(levels);
  });
});

describe('how loudly one finding speaks', () => {
  test.each<[ConfigLevel, ConfigLevel, ConfigLevel, ConfigLevel]>([
    // configured, the rule's own, as reported, as shown
    ['error', 'error', 'hint', 'hint'],
    ['warning', 'error', 'error', 'warning'],
    ['warning', 'error', 'hint', 'hint'],
    ['hint', 'error', 'warning', 'hint'],
    ['error', 'warning', 'hint', 'hint'],
    ['info', 'warning', 'error', 'info'],
    ['warning', 'warning', 'error', 'error'],
    ['off', 'error', 'error', 'off'],
    ['info', 'off', 'info', 'info'],
    ['error', 'off', 'info', 'error'],
    ['error', 'off', 'hint', 'hint'],
  ])('%s for a rule of %s that reports %s: %s', (configured, own, reported, shown) => {
    expect(findingLevel(configured, own, reported)).toBe(shown);
  });
});

describe('the nearest word', () => {
  const names = rules.map(({ name }) => name);
  test.each([
    ['async/blocking-slep', 'async/blocking-sleep'],
    ['blocking-sleep', 'async/blocking-sleep'],
    ['Async/Blocking-Sleep', 'async/blocking-sleep'],
    ['asnyc/blocking-sleep', 'async/blocking-sleep'],
    ['perf/blocking-htp', 'async/blocking-http'],
    ['zebra', undefined],
  ])('%s: %s', (word, nearest) => expect(nearestWord(word, names)).toBe(nearest));
  test('of short words', () => {
    expect(nearestWord('warn', ['error', 'warning', 'info', 'hint', 'off'])).toBe('warning');
    expect(nearestWord('i', ['info', 'ignore'])).toBe(undefined);
    expect(nearestWord('eror', ['error', 'warning'])).toBe('error');
    expect(nearestWord('', ['error'])).toBe(undefined);
  });
});

const pyproject = (body: string) => `[project]\nname = "x"\n\n[tool.fastapi-mentor]\n${body}\n`;
const lines = (text: string) =>
  readConfig(text, rules).mistakes.map((each) => mistakeLine('pyproject.toml', each));

describe('reading pyproject.toml', () => {
  test('everything that can be said', () => {
    const text = pyproject(`preset = "strict"
select = ["all"]
ignore = ["async/blocking-http"]
exclude = ["migrations", "app/legacy"]
ruff = "ignore"

[tool.fastapi-mentor.levels]
"response/tuple-status" = "error"

[tool.fastapi-mentor.per-file-ignores]
"scripts/*" = ["async"]`);
    expect(readConfig(text, rules)).toEqual({
      config: {
        preset: 'strict',
        select: ['all'],
        ignore: ['async/blocking-http'],
        exclude: ['migrations', 'app/legacy'],
        ruff: 'ignore',
        levels: { 'response/tuple-status': 'error' },
        perFileIgnores: { 'scripts/*': ['async'] },
      },
      mistakes: [],
    });
  });

  test('the same, in other spellings of TOML', () => {
    const text = `tool.fastapi-mentor.preset = 'strict'\ntool."fastapi-mentor".levels = {"response/tuple-status" = "off"}\n`;
    expect(readConfig(text, rules).config).toEqual({
      preset: 'strict',
      levels: { 'response/tuple-status': 'off' },
    });
  });

  test('nothing is said where the table is missing', () => {
    expect(readConfig('[tool.ruff]\nselect = 3\n', rules)).toEqual({
      config: undefined,
      mistakes: [],
    });
    expect(readConfig('', rules).config).toBeUndefined();
    expect(readConfig(pyproject(''), rules).config).toEqual({});
  });

  test.each([
    [
      'an unknown rule',
      'ignore = ["async/blocking-slep"]',
      '5:12: unknown rule "async/blocking-slep"; did you mean "async/blocking-sleep"?',
    ],
    [
      'an unknown category',
      'ignore = [\n  "asinc",\n]',
      '6:4: unknown rule "asinc"; did you mean "async"?',
    ],
    ['one that is like none', 'select = ["zzzzzz"]', '5:12: unknown rule "zzzzzz"'],
    ['an unknown key', 'ignor = []', '5:1: unknown key "ignor"; did you mean "ignore"?'],
    [
      'a key of the settings',
      'perFileIgnores = {}',
      '5:1: unknown key "perFileIgnores"; did you mean "per-file-ignores"?',
    ],
    [
      'an unknown preset',
      'preset = "all"',
      '5:11: unknown value "all"; expected one of "recommended", "strict"',
    ],
    ['a preset, nearly', 'preset = "strct"', '5:11: unknown value "strct"; did you mean "strict"?'],
    [
      'an unknown level',
      'levels = { "async/blocking-http" = "warnin" }',
      '5:37: unknown level "warnin"; did you mean "warning"?',
    ],
    [
      'a level for no rule',
      'levels = { "async/blocking-htp" = "error" }',
      '5:13: unknown rule "async/blocking-htp"; did you mean "async/blocking-http"?',
    ],
    ['a level for a category', 'levels = { async = "error" }', '5:12: unknown rule "async"'],
    ['a word for a list', 'select = "async"', '5:11: expected an array of strings, found "async"'],
    ['a number for a word', 'exclude = [1]', '5:12: expected a string, found "1"'],
    ['a list for a word', 'preset = ["strict"]', '5:10: expected a string, found an array'],
    ['a word for a table', 'levels = "error"', '5:11: expected a table, found "error"'],
    [
      'a word for a list in a table',
      'per-file-ignores = { "a/*" = "async" }',
      '5:31: expected an array of strings, found "async"',
    ],
    [
      'an unknown rule for files',
      '[tool.fastapi-mentor.per-file-ignores]\n"a/*" = ["async/blocking-sleeps"]',
      '6:11: unknown rule "async/blocking-sleeps"; did you mean "async/blocking-sleep"?',
    ],
  ])('%s', (_, body, line) => {
    expect(lines(pyproject(body))).toEqual([`pyproject.toml:${line}`]);
  });

  test('a mistake is left out and the rest holds', () => {
    const text = pyproject(
      'preset = "strict"\nignore = ["async", "asinc"]\nselect = ["asinc"]\nx = 1',
    );
    const { config, mistakes } = readConfig(text, rules);
    expect(config).toEqual({ preset: 'strict', ignore: ['async'] });
    expect(mistakes.map(({ kind }) => kind)).toEqual(['rule', 'rule', 'key']);
  });

  test('places count UTF-16 units, and Windows line ends', () => {
    expect(lines('[tool.fastapi-mentor]\r\nignore = ["😀", "asinc"]\r\n')).toEqual([
      'pyproject.toml:2:12: unknown rule "😀"',
      'pyproject.toml:2:18: unknown rule "asinc"; did you mean "async"?',
    ]);
  });

  test('broken TOML is a mistake only where it speaks of us', () => {
    expect(lines(pyproject('ignore = ["async'))).toEqual([
      'pyproject.toml:5:17: not valid TOML: Unterminated string constant',
    ]);
    expect(lines('[tool.ruff]\nselect = [\n')).toEqual([]);
  });

  test('a file of our own needs no table', () => {
    expect(readConfig('preset = "strict"', rules, { isOwnFile: true }).config).toEqual({
      preset: 'strict',
    });
    expect(readConfig(pyproject('ruff = "ignore"'), rules, { isOwnFile: true }).config).toEqual({
      ruff: 'ignore',
    });
    expect(readConfig('x = [', rules, { isOwnFile: true }).mistakes).toHaveLength(1);
  });

  test('mistakes are told in Korean too', () => {
    const [mistake] = readConfig(pyproject('ignore = ["asinc"]'), rules).mistakes;
    if (mistake === undefined) throw new Error('no mistake');
    expect(mistakeMessage(mistake, 'ko')).toBe('알 수 없는 규칙 "asinc". "async" 아닌가요?');
  });
});

test('settings are read like the table, with their own names', () => {
  const { config, mistakes } = readSettings(
    { preset: 'strict', perFileIgnores: { 'a/*': ['async'] }, levels: { 'async/x': 'error' } },
    rules,
  );
  expect(config).toEqual({ preset: 'strict', perFileIgnores: { 'a/*': ['async'] }, levels: {} });
  expect(mistakes.map(({ word }) => word)).toEqual(['async/x']);
  expect(readSettings(null, rules).config).toBeUndefined();
  expect(readSettings({ constructor: 1 }, rules).mistakes).toHaveLength(1);
});

describe('globs', () => {
  test.each([
    ['migrations', 'migrations/1.py', true],
    ['migrations', 'app/migrations/1.py', true],
    ['migrations', 'app/migrations.py', false],
    ['migrations/', 'app/migrations/1.py', true],
    ['app/legacy', 'app/legacy/a/b.py', true],
    ['app/legacy', 'x/app/legacy/a.py', false],
    ['./app', 'app/a.py', true],
    ['/app', 'app/a.py', true],
    ['/app', 'x/app/a.py', false],
    ['*_pb2.py', 'a/b/x_pb2.py', true],
    ['scripts/*', 'scripts/a.py', true],
    ['scripts/*', 'scripts/a/b.py', true],
    ['scripts/*.py', 'scripts/a/b.py', false],
    ['**/gen/**', 'a/gen/b.py', true],
    ['{a,b}/x.py', 'b/x.py', true],
    ['.hidden/*', '.hidden/a.py', true],
    ['', 'a.py', false],
  ])('%s and %s: %s', (glob, path, isMeant) => {
    expect(createMatcher([glob], '/p')(`/p/${path}`)).toBe(isMeant);
  });
  test('hold below their folder only, and in URIs', () => {
    expect(createMatcher(['a.py'], '/p/x')('/p/a.py')).toBe(false);
    expect(createMatcher(['a.py'], '/p/x')('/p/xy/a.py')).toBe(false);
    expect(createMatcher(['my folder'], 'file:///p')('file:///p/my%20folder/a.py')).toBe(true);
    expect(createMatcher(['a'], '/')('/a/b.py')).toBe(true);
  });
});

describe('files that configure', () => {
  const table = (body: string) => `[tool.fastapi-mentor]\n${body}\n`;
  const { files, ruff, mistakes } = readConfigFiles(
    new Map([
      ['/p/pyproject.toml', table('preset = "strict"\nexclude = ["x"]')],
      ['/p/a/pyproject.toml', table('ignore = ["async"]\n[tool.ruff.lint]\nselect = ["S"]')],
      ['/p/b/pyproject.toml', '[project]\nname = "b"\n[tool.ruff.lint]\nselect = ["E"]'],
      ['/p/b/ruff.toml', 'lint.select = ["F"]'],
      ['/p/c/pyproject.toml', table('presett = "strict"')],
      ['/p/d/ruff.toml', 'extend = "../a/pyproject.toml"\nlint.extend-select = ["ASYNC"]'],
    ]),
    rules,
  );
  const root = { settings: null, files, ruff };
  test('the nearest with a table governs its folder, alone', () => {
    expect(governing(root, '/p/m.py').config).toEqual({ preset: 'strict', exclude: ['x'] });
    expect(governing(root, '/p/a/b/m.py').config).toEqual({ ignore: ['async'] });
    expect(governing(root, '/p/b/m.py').config).toEqual({ preset: 'strict', exclude: ['x'] });
    expect(governing(root, '/p/ab.py').excludeFolder).toBe('/p');
  });
  test('settings win, key by key, with globs of their own folder', () => {
    const config = { preset: 'recommended', perFileIgnores: {} } as const;
    const found = governing({ ...root, settings: { folder: '/q', config } }, '/p/m.py');
    expect(found).toMatchObject({
      config: { preset: 'recommended', exclude: ['x'], perFileIgnores: {} },
      excludeFolder: '/p',
      ignoresFolder: '/q',
    });
  });
  test("ruff's own files come before pyproject.toml, and extend others", () => {
    const select = (path: string) => governing(root, path).ruff?.config;
    expect(select('/p/a/m.py')?.select).toEqual(['S']);
    expect(select('/p/b/m.py')?.select).toEqual(['F']);
    expect(select('/p/d/m.py')).toMatchObject({ select: ['S'], extendSelect: ['ASYNC'] });
    expect(select('/p/m.py')).toBeUndefined();
  });
  test('mistakes are kept by file', () =>
    expect([...mistakes.keys()]).toEqual(['/p/c/pyproject.toml']));
  test('are known by their names', () => {
    expect(['/a/pyproject.toml', 'ruff.toml', '/.ruff.toml'].every(isConfigFile)).toBe(true);
    expect(['/a/xruff.toml', '/a/pyproject.tom', '/a.py'].some(isConfigFile)).toBe(false);
  });
});
