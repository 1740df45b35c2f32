import { afterEach, describe, expect, test } from 'vitest';
import { createProject, type Project } from './project.ts';

let project: Project | undefined;
afterEach(() => project?.remove());

const APP = {
  'app/__init__.py': '',
  'app/main.py':
    'from fastapi import FastAPI\n\nfrom app.reports import build\n\napp = FastAPI()\n\n\n' +
    '@app.get("/reports/{month}")\nasync def read_report(month: str) -> str:\n    return build(month)\n\n\n' +
    '@app.get("/old/{month}")\ndef old_report(month: str) -> str:\n    return build(month)\n',
  'app/reports.py':
    'import requests\n\n\ndef build(month: str) -> str:\n    return requests.get(month, timeout=5).text\n\n\n' +
    'def unused() -> None:\n    pass\n',
};

async function why(...args: readonly string[]) {
  project = createProject();
  project.write(APP);
  return project.run('why', ...args);
}

describe('fastapi-mentor why', () => {
  test('prints the routes above a line, where it runs, and what it blocks on', async () => {
    const { code, stdout } = await why('app/reports.py:5');
    expect(code).toBe(0);
    expect(stdout).toBe(
      'build (def)  app/reports.py:4\n\n' +
        'Reached by\n' +
        '  event loop   GET /reports/{month}\n' +
        '    read_report  app/main.py:9\n' +
        '    build  app/reports.py:4\n' +
        '  thread pool  GET /old/{month}\n' +
        '    old_report  app/main.py:14\n' +
        '    build  app/reports.py:4\n\n' +
        'Blocks on\n' +
        '  requests.get  app/reports.py:5\n',
    );
  });

  test('as JSON: names and places, lines from 1', async () => {
    const { stdout } = await why('app/main.py:10', '--format', 'json');
    const hop = { name: 'read_report', path: 'app/main.py', line: 9 };
    expect(JSON.parse(stdout)).toEqual({
      function: { async: true, ...hop },
      reached: [
        {
          kind: 'route',
          title: 'GET /reports/{month}',
          on: 'loop',
          dependency: false,
          hops: [hop],
        },
      ],
      open: false,
      blocks: [
        {
          leaf: 'requests.get',
          rule: 'async/blocking-http',
          path: 'app/main.py',
          line: 10,
          hops: [{ function: 'build', call: 'requests.get', path: 'app/reports.py', line: 5 }],
        },
      ],
    });
  });

  test('says so where nothing reaches it, and where there is no function', async () => {
    const unused = await why('app/reports.py:9');
    expect(unused.stdout).toContain('No route was found to reach it.');
    expect(unused.stdout).toContain('Nothing was found that it blocks on.');
    expect((await why('app/reports.py:1')).stdout).toBe(
      'app/reports.py:1 stands in no function.\n',
    );
  });

  test.each([['app/reports.py'], ['app/none.py:1'], ['app/reports.py:99']])(
    'with %s it can do nothing',
    async (place) => {
      const { code, stderr } = await why(place);
      expect(code).toBe(2);
      expect(stderr).toContain(place);
    },
  );
});
