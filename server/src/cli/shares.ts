/**
 * A large project is analysed by several threads. Each has the whole project and reads of it what its own files need;
 * they take files in turns from one list, by a counter that they share.
 */
import type { Workspace } from '../engine/workspace.ts';
import type { CliDeps } from './deps.ts';
import { type Diagnosed, diagnoseAll, openProject, type Project } from './project.ts';

/** What another thread is handed. Plain data, but for the counter, which is shared. */
export interface Share {
  readonly project: Project;
  /** Neighbours stand together: they need the same modules. */
  readonly bundles: readonly (readonly string[])[];
  readonly next: Int32Array<SharedArrayBuffer>;
}

export interface ShareDone extends Diagnosed {
  readonly failedRules: readonly string[];
}

/** From this many characters on another thread saves more than its start costs. */
const WORTH_A_THREAD = 1_500_000;
/** More would read the same modules again and again. */
const MAX_THREADS = 4;
const BUNDLES_A_THREAD = 12;

/** Analyses the files of a project; with other threads where that is faster. */
export async function diagnoseShared(
  workspace: Workspace,
  project: Project,
  paths: readonly string[],
  { threads, onFailedRule }: { threads: CliDeps['threads']; onFailedRule(rule: string): void },
): Promise<Diagnosed> {
  const size = paths.reduce((sum, path) => sum + (project.texts.get(path)?.length ?? 0), 0);
  const wanted = Math.floor(size / WORTH_A_THREAD);
  const count =
    threads === undefined ? 0 : Math.min(wanted, threads.available - 1, MAX_THREADS - 1);
  if (threads === undefined || count < 1) {
    openProject(workspace, project);
    return diagnoseAll(workspace, paths);
  }
  const bundles = bundlesOf(paths, project, (count + 1) * BUNDLES_A_THREAD);
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const share: Share = { project, bundles, next };
  const others = Array.from({ length: count }, () => threads.run(share));
  openProject(workspace, project);
  const own = takeShare(workspace, share);
  const found = new Map(own.found);
  const broken = [...own.broken];
  for (const done of await Promise.all(others)) {
    for (const [path, diagnostics] of done.found) found.set(path, diagnostics);
    broken.push(...done.broken);
    for (const rule of done.failedRules) onFailedRule(rule);
  }
  return { found, broken };
}

/** Takes bundles until there are none left. */
export function takeShare(workspace: Workspace, { bundles, next }: Share): Diagnosed {
  const found: Diagnosed['found'] = new Map();
  const broken: Diagnosed['broken'] = [];
  for (;;) {
    const bundle = bundles[Atomics.add(next, 0, 1)];
    if (bundle === undefined) return { found, broken };
    const done = diagnoseAll(workspace, bundle);
    for (const [path, diagnostics] of done.found) found.set(path, diagnostics);
    broken.push(...done.broken);
  }
}

/** The files in their order, cut where about as much text has come together. */
function bundlesOf(paths: readonly string[], { texts }: Project, count: number): string[][] {
  const sizeOf = (path: string) => texts.get(path)?.length ?? 0;
  const goal = paths.reduce((sum, path) => sum + sizeOf(path), 0) / count;
  const bundles: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const path of paths) {
    if (size >= goal) {
      bundles.push([]);
      size = 0;
    }
    bundles.at(-1)?.push(path);
    size += sizeOf(path);
  }
  return bundles;
}
