import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createProject, type Project } from './project.ts';

let project: Project | undefined;
afterEach(() => project?.remove());

function projectOf(files: Readonly<Record<string, string>>): Project {
  const created = createProject();
  created.write(files);
  return created;
}

const APP = {
  'app/__init__.py': '',
  'app/main.py':
    'from fastapi import Depends, FastAPI\n\nfrom app.deps import check\nfrom app.users import router\n\n' +
    'app = FastAPI()\napp.include_router(router, prefix="/v1", dependencies=[Depends(check)])\n\n\n' +
    '@app.get("/health")\ndef health() -> str:\n    return "ok"\n',
  'app/deps.py': 'def check() -> None: ...\n\n\ndef audit() -> None: ...\n',
  'app/users.py':
    'from fastapi import APIRouter\n\nrouter = APIRouter(prefix="/users")\n\n\n' +
    '@router.get("/{user_id}")\nasync def read_user(user_id: int) -> int:\n    return user_id\n',
};

describe('fastapi-mentor routes', () => {
  test('prints every route with its full path, handler and place', async () => {
    project = projectOf(APP);
    const { code, stdout } = await project.run('routes', '.');
    expect(code).toBe(0);
    expect(stdout).toBe(
      'app.main:app (2 routes)\n' +
        '  GET  /v1/users/{user_id}  app.users.read_user  app/users.py:7\n' +
        '  GET  /health              app.main.health      app/main.py:11\n',
    );
  });

  test('as JSON: the apps with their routes, lines from 1', async () => {
    project = projectOf(APP);
    const { stdout } = await project.run('routes', '.', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      apps: [
        {
          app: 'app.main:app',
          path: 'app/main.py',
          routes: [
            {
              kind: 'http',
              methods: ['GET'],
              path: '/v1/users/{user_id}',
              name: 'read_user',
              handler: 'app.users.read_user',
              dependencies: ['app.deps.check'],
              location: { path: 'app/users.py', line: 7 },
            },
            expect.objectContaining({ path: '/health', dependencies: [] }),
          ],
        },
      ],
    });
  });

  test('says what changed since a commit', async () => {
    project = projectOf(APP);
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', project?.folder ?? '', ...args], {
        env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
      });
    git('init', '--quiet');
    git('add', '.');
    git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--quiet', '-m', 'first');
    expect((await project.run('routes', '.', '--diff', 'HEAD')).stdout).toBe('No route changed.\n');
    project.write({
      'app/main.py': APP['app/main.py']
        .replace('import check', 'import audit, check')
        .replace('[Depends(check)]', '[Depends(check), Depends(audit)]')
        .replace('"/health"', '"/healthz"'),
      'app/users.py': `${APP['app/users.py']}\n\n@router.delete("/{user_id}")\ndef drop(user_id: int) -> None: ...\n`,
    });
    expect((await project.run('routes', '.', '--diff', 'HEAD')).stdout).toBe(
      '+ DELETE /v1/users/{user_id}\n' +
        '> GET /health → GET /healthz\n' +
        '~ GET /v1/users/{user_id}: dependencies +app.deps.audit\n',
    );
    const unknown = await project.run('routes', '.', '--diff', 'nowhere');
    expect([unknown.code, unknown.stderr.split('\n').length]).toEqual([2, 2]);
  });

  test('a folder that is not there, and one with no app', async () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'no-app-'));
    project = projectOf({});
    expect((await project.run('routes', 'missing')).code).toBe(2);
    expect((await project.run('routes', empty)).stdout).toBe('No application found.\n');
    rmSync(empty, { recursive: true });
  });
});
