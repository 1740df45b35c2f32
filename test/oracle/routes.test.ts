/** Our routes against those of the running app: exactly, for every sample and every app of FastAPI's documentation. */
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ListedApplication, listApplication } from '../../server/src/engine/routes.ts';
import { compareRoutes, type ListedApp } from './compare.ts';
import { type RunningApp, readSamples, type Sample } from './oracle.mjs';
import { applicationFor, comparison, insideDocs, type Workspace } from './workspaces.ts';

let world: Awaited<ReturnType<typeof comparison>>;

beforeAll(async () => {
  world = await comparison();
}, 120_000);

/** The application as the command line lists it, with paths from the folder. */
function below(folder: string, application: ListedApplication): ListedApp {
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

function listed(workspace: Workspace, folder: string, running: RunningApp): ListedApp | undefined {
  const found = applicationFor(workspace, folder, running);
  return found && below(folder, listApplication(workspace.db, found));
}

function isSame(ours: ListedApp, running: RunningApp, unknowable: Sample['unknowable']): boolean {
  return compareRoutes(ours, { ...running, app: ours.app }, unknowable ?? []).equal;
}

describe('routes are those of the running app', () => {
  test.each(readSamples().map((sample) => [sample.id] as const))('%s', (id) => {
    const entry = world.oracle.samples.find(({ sample }) => sample.id === id);
    if (entry === undefined) throw new Error(`the oracle knows no ${id}`);
    expect(entry.errors).toEqual([]);
    expect(entry.apps.length).toBeGreaterThan(0);
    const workspace = world.open(entry.sample.folder);
    for (const running of entry.apps) {
      const ours = listed(workspace, entry.sample.folder, running);
      if (ours === undefined) throw new Error(`no ${running.app} in ${running.path}`);
      expect(compareRoutes(ours, running, entry.sample.unknowable ?? []).report).toBe('');
    }
    // Each is among what is listed of the whole project; a factory only where no module holds what it makes.
    const all = workspace.applications().map((one) => below(entry.sample.folder, one));
    for (const running of entry.apps.filter(({ app }) => !app.endsWith('()')))
      expect(all.filter((one) => isSame(one, running, entry.sample.unknowable))).not.toEqual([]);
  });

  test("every app of FastAPI's documentation", () => {
    const workspace = world.open(world.docsSrc);
    const departures: string[] = [];
    let count = 0;
    for (const { apps } of world.oracle.documentation) {
      for (const running of apps) {
        count++;
        const inside = insideDocs(running);
        const ours = listed(workspace, world.docsSrc, inside);
        const report = ours === undefined ? 'not found' : compareRoutes(ours, inside, []).report;
        if (report !== '') departures.push(`${running.app}: ${report}`);
      }
    }
    expect(count).toBeGreaterThan(330);
    // Its routes are made by another package (strawberry), which is not read.
    expect(departures.map((one) => one.split(':')[0])).toEqual(['docs_src.graphql_.tutorial001']);
  });
});
