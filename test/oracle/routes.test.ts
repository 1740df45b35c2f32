/** Our routes against those of the running app: exactly, for every sample and every app of FastAPI's documentation. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace } from '../../server/src/engine/create.ts';
import { listApplication } from '../../server/src/engine/routes.ts';
import { applicationsIn } from '../../server/src/fastapi/running/project.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { pythonEnvironment } from '../python/environment.mjs';
import { wasmParser } from '../support/parser.ts';
import { compareRoutes, type ListedApp } from './compare.ts';
import { type Oracle, oracleOf, type RunningApp, readSamples } from './oracle.mjs';

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
  return workspace;
}

/** The application that a server would be told by name, as the command line lists it. */
function listed(
  workspace: ReturnType<typeof open>,
  folder: string,
  running: RunningApp,
): ListedApp | undefined {
  const variable = running.app.slice(running.app.indexOf(':') + 1);
  workspace.diagnose('');
  const found = workspace.db
    .get(applicationsIn, path.posix.join(folder, running.path))
    .find((application) => application.variable === variable);
  if (found === undefined) return undefined;
  const application = listApplication(workspace.db, found);
  return {
    app: application.app,
    path: path.posix.relative(folder, application.path),
    routes: application.routes.map((route) => ({
      ...route,
      location: route.location && {
        path: path.posix.relative(folder, route.location.path),
        line: route.location.range.start.line + 1,
      },
    })),
  };
}

describe('routes are those of the running app', () => {
  test.each(readSamples().map((sample) => [sample.id] as const))('%s', (id) => {
    const entry = oracle.samples.find(({ sample }) => sample.id === id);
    if (entry === undefined) throw new Error(`the oracle knows no ${id}`);
    expect(entry.errors).toEqual([]);
    expect(entry.apps.length).toBeGreaterThan(0);
    const workspace = open(entry.sample.folder);
    for (const running of entry.apps) {
      const ours = listed(workspace, entry.sample.folder, running);
      if (ours === undefined) throw new Error(`no ${running.app} in ${running.path}`);
      expect(compareRoutes(ours, running, entry.sample.unknowable ?? []).report).toBe('');
    }
  });

  test("every app of FastAPI's documentation", () => {
    const workspace = open(docsSrc);
    const departures: string[] = [];
    let count = 0;
    for (const { apps } of oracle.documentation) {
      for (const running of apps) {
        count++;
        const inside = {
          ...running,
          path: running.path.replace(/^docs_src\//, ''),
          routes: running.routes.map((route) => ({
            ...route,
            handler: route.handler?.replace(/^docs_src\./, '') ?? null,
            file: route.file?.replace(/^docs_src\//, '') ?? null,
          })),
        };
        const ours = listed(workspace, docsSrc, inside);
        const report = ours === undefined ? 'not found' : compareRoutes(ours, inside, []).report;
        if (report !== '') departures.push(`${running.app}: ${report}`);
      }
    }
    expect(count).toBeGreaterThan(330);
    // Its routes are made by another package (strawberry), which is not read.
    expect(departures.map((one) => one.split(':')[0])).toEqual(['docs_src.graphql_.tutorial001']);
  });
});
