/** What our routes depend on against the running app's `dependant`s: exactly, for every sample and FastAPI's documentation. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace } from '../../server/src/engine/create.ts';
import { applicationsIn } from '../../server/src/fastapi/running/project.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { pythonEnvironment } from '../python/environment.mjs';
import { wasmParser } from '../support/parser.ts';
import { compareTrees } from './dependencies.ts';
import {
  type Oracle,
  oracleOf,
  type RunningApp,
  type RunningDependency,
  readSamples,
} from './oracle.mjs';

let oracle: Oracle;
let parser: Parser;
let docsSrc: string;

beforeAll(async () => {
  parser = await wasmParser();
  ({ docsSrc } = await pythonEnvironment());
  oracle = await oracleOf(readSamples());
}, 120_000);

function open(folder: string) {
  const workspace = createWorkspace({ parser });
  workspace.setRoots([{ path: folder, versions: {} }]);
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.py')) continue;
    const full = path.posix.join(folder, file.replaceAll('\\', '/'));
    workspace.setText(full, readFileSync(full, 'utf8'));
  }
  workspace.setLoaded(true);
  workspace.diagnose('');
  return workspace;
}

function compared({ db }: ReturnType<typeof open>, folder: string, running: RunningApp) {
  const variable = running.app.slice(running.app.indexOf(':') + 1);
  const found = db
    .get(applicationsIn, path.posix.join(folder, running.path))
    .find((application) => application.variable === variable);
  return found && compareTrees(db, found.routes, running);
}

describe('what routes depend on is what the running app has', () => {
  test('in every sample', () => {
    const reports: string[] = [];
    let withDependencies = 0;
    for (const { sample, apps } of oracle.samples) {
      const workspace = open(sample.folder);
      for (const running of apps) {
        const result = compared(workspace, sample.folder, running);
        withDependencies += result?.withDependencies ?? 0;
        reports.push(...(result?.reports ?? [`${sample.id}: no ${running.app}`]));
      }
    }
    expect(reports.join('\n')).toBe('');
    expect(withDependencies).toBeGreaterThan(25);
  });

  test("in every app of FastAPI's documentation", () => {
    const workspace = open(docsSrc);
    const reports: string[] = [];
    let withDependencies = 0;
    for (const { apps } of oracle.documentation) {
      for (const running of apps) {
        const result = compared(workspace, docsSrc, insideDocs(running));
        withDependencies += result?.withDependencies ?? 0;
        reports.push(...(result?.reports ?? [`no ${running.app}`]));
      }
    }
    expect(reports.join('\n')).toBe('');
    expect(withDependencies).toBeGreaterThan(90);
  });
});

/** The documentation's modules are imported as `docs_src.…` there, and are a project of their own here. */
function insideDocs(running: RunningApp): RunningApp {
  return {
    ...running,
    path: running.path.replace(/^docs_src\//, ''),
    routes: running.routes.map((route) => ({
      ...route,
      handler: route.handler?.replace(/^docs_src\./, '') ?? null,
      dependencies: route.dependencies.map(withoutPackage),
    })),
  };
}

function withoutPackage(dependency: RunningDependency): RunningDependency {
  const { call, dependencies } = dependency;
  return {
    ...dependency,
    call: call.replace(/^docs_src\./, ''),
    dependencies: dependencies.map(withoutPackage),
  };
}
