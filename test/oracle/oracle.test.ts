import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareRoutes, type ListedApp } from './compare.ts';
import { type Oracle, oracleOf, type RunningApp, readSamples, samplesFolder } from './oracle.mjs';

const samples = readSamples();

/** The documentation's examples that show what no longer works, with the error they raise. */
const broken: Record<string, string> = {
  'docs_src.pydantic_v1_in_v2.tutorial002': 'PydanticV1NotSupportedError',
  'docs_src.pydantic_v1_in_v2.tutorial003': 'PydanticV1NotSupportedError',
  'docs_src.pydantic_v1_in_v2.tutorial004': 'ModuleNotFoundError',
  'docs_src.response_model.tutorial003_04': 'FastAPIError',
};

describe('the route oracle', () => {
  let oracle: Oracle;

  beforeAll(async () => {
    oracle = await oracleOf(samples);
  }, 120_000);

  it('imports every sample', () => {
    const errors = oracle.samples.flatMap(({ sample, errors: own }) =>
      own.map((error) => `${sample.id}: ${error}`),
    );
    expect(errors).toEqual([]);
    for (const { sample, apps } of oracle.samples) expect(apps).toHaveLength(sample.apps.length);
  });

  it('finds a route in every app', () => {
    const empty = oracle.samples.flatMap(({ sample, apps }) =>
      apps.filter(({ routes }) => routes.length === 0).map(({ app }) => `${sample.id} ${app}`),
    );
    expect(empty).toEqual([]);
  });

  it('agrees with what requests reach and with what OpenAPI lists', () => {
    const apps = [...oracle.samples, ...oracle.documentation].flatMap((entry) => entry.apps);
    const problems = apps.flatMap(({ app, problems: own }) => own.map((text) => `${app}: ${text}`));
    expect(problems).toEqual([]);
    expect(apps.flatMap(({ routes }) => routes).length).toBeGreaterThan(900);
  });

  it('finds each handler in a file of the project, at its def', () => {
    for (const { sample, apps } of oracle.samples) {
      for (const { routes } of apps) {
        for (const { kind, file, line, path } of routes) {
          const where = `${sample.id} ${path}`;
          if (file === null || line === null) throw new Error(`${where}: no place`);
          const text = readFileSync(join(sample.folder, file), 'utf8').split('\n')[line - 1];
          const opening = kind === 'mount' ? /\w\(/ : /\bdef |\bclass |lambda/;
          expect(text, where).toMatch(opening);
        }
      }
    }
  });

  it("imports the documentation's apps but for those that show what is gone", () => {
    const failed = oracle.documentation.filter(({ error }) => error !== null);
    const errors = failed.map(({ id, error }) => [id, error?.split(':')[0]]);
    expect(Object.fromEntries(errors)).toEqual(broken);
    expect(oracle.documentation.flatMap(({ apps }) => apps).length).toBeGreaterThan(330);
  });

  it('knows the routes that can only be known while running', () => {
    for (const { sample, apps } of oracle.samples) {
      const paths = new Set(apps.flatMap(({ routes }) => routes.map(({ path }) => path)));
      for (const { running, static: spelling } of sample.unknowable ?? []) {
        if (running !== null) expect(paths, sample.id).toContain(running);
        else expect(paths, sample.id).not.toContain(spelling);
      }
    }
  });
});

describe('the samples', () => {
  it('are at least 60, and 12 that are held back', () => {
    const heldBack = samples.filter((sample) => sample.heldBack === true);
    expect(heldBack.length).toBeGreaterThanOrEqual(12);
    expect(samples.length - heldBack.length).toBeGreaterThanOrEqual(60);
  });

  it('have a number of their own, a reason and nothing but sources', () => {
    const numbers = samples.map(({ id }) => /^(\d{2,3})-[a-z\d-]+$/.exec(id)?.[1] ?? id);
    expect(new Set(numbers).size).toBe(samples.length);
    expect(samples.filter(({ why }) => why.trim() === '')).toEqual([]);
    const files = readdirSync(samplesFolder, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /\.(pyc|db|log)$/.test(name))).toEqual([]);
  });
});

describe('the comparison', () => {
  const route = { kind: 'http', methods: ['GET'], name: 'read', handler: 'main.read' } as const;
  const place = { file: 'main.py', line: 7, decoratorLine: 6, dependencies: [] };
  const running: RunningApp = {
    app: 'main:app',
    path: 'main.py',
    routes: [
      { ...route, ...place, path: '/a' },
      { ...route, ...place, path: '/b' },
    ],
    problems: [],
  };
  const listed = (...routes: { path: string; line?: number }[]): ListedApp => ({
    app: 'main:app',
    path: 'main.py',
    routes: routes.map(({ path, line = 7 }) => ({
      ...route,
      path,
      location: { path: 'main.py', line },
    })),
  });

  it('is silent about equal routes', () => {
    const { equal, report } = compareRoutes(listed({ path: '/a' }, { path: '/b' }), running);
    expect({ equal, report }).toEqual({ equal: true, report: '' });
  });

  it('tells what is missing and what is too much', () => {
    const actual = listed({ path: '/a' }, { path: '/a' }, { path: '/b' }, { path: '/c', line: 9 });
    const { extra, missing, equal } = compareRoutes(actual, running);
    expect(extra.map(({ path }) => path)).toEqual(['/a', '/c']);
    expect({ missing, equal }).toEqual({ missing: [], equal: false });
    expect(compareRoutes(listed({ path: '/a' }), running).report).toBe(
      "main:app\n  missing  GET '/b' (read, main.read) main.py:7",
    );
  });

  it('tells in what a route differs', () => {
    const { report } = compareRoutes(listed({ path: '/a', line: 6 }, { path: '/b' }), running);
    expect(report).toContain("line: expected '7', got '6'");
    const { differing } = compareRoutes(listed({ path: '/a' }, { path: '/v1/b' }), running);
    expect(differing.map(({ fields }) => fields)).toEqual([['path']]);
  });

  it('minds the order', () => {
    const { misplaced } = compareRoutes(listed({ path: '/b' }, { path: '/a' }), running);
    expect(misplaced.map(({ path }) => path)).toEqual(['/b']);
  });

  it('expects the static spelling of what cannot be known', () => {
    const why = 'test';
    const unknowable = [
      { running: '/a', static: '{…}/a', why },
      { running: '/b', static: null, why },
      { running: null, static: '/later', why },
    ];
    const actual = listed({ path: '{…}/a' }, { path: '/later' });
    expect(compareRoutes(actual, running, unknowable).report).toBe('');
    expect(compareRoutes(listed({ path: '/a' }), running, unknowable).equal).toBe(false);
  });
});
