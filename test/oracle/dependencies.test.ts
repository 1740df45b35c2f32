/** What our routes depend on against the running app's `dependant`s: exactly, for every sample and FastAPI's documentation. */
import { beforeAll, describe, expect, test } from 'vitest';
import { compareTrees } from './dependencies.ts';
import type { RunningApp } from './oracle.mjs';
import { applicationFor, comparison, insideDocs, type Workspace } from './workspaces.ts';

let world: Awaited<ReturnType<typeof comparison>>;

beforeAll(async () => {
  world = await comparison();
}, 120_000);

function compared(workspace: Workspace, folder: string, running: RunningApp) {
  const found = applicationFor(workspace, folder, running);
  return found && compareTrees(workspace.db, found.routes, running);
}

describe('what routes depend on is what the running app has', () => {
  test('in every sample', () => {
    const reports: string[] = [];
    let withDependencies = 0;
    for (const { sample, apps } of world.oracle.samples) {
      const workspace = world.open(sample.folder);
      for (const running of apps) {
        const result = compared(workspace, sample.folder, running);
        withDependencies += result?.withDependencies ?? 0;
        reports.push(...(result?.reports ?? [`${sample.id}: no ${running.app}`]));
      }
    }
    expect(reports.join('\n')).toBe('');
    expect(withDependencies).toBeGreaterThan(90);
  });

  test("in every app of FastAPI's documentation", () => {
    const workspace = world.open(world.docsSrc);
    const reports: string[] = [];
    let withDependencies = 0;
    for (const { apps } of world.oracle.documentation) {
      for (const running of apps) {
        const result = compared(workspace, world.docsSrc, insideDocs(running));
        withDependencies += result?.withDependencies ?? 0;
        reports.push(...(result?.reports ?? [`no ${running.app}`]));
      }
    }
    expect(reports.join('\n')).toBe('');
    expect(withDependencies).toBeGreaterThan(90);
  });
});
