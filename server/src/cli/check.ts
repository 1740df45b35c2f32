import type { Diagnostic } from '../engine/diagnostic.ts';
import type { Workspace } from '../engine/workspace.ts';
import { discover } from '../project/discover.ts';
import type { Note } from '../project/fileSystem.ts';
import { readSource } from '../project/readSource.ts';
import { readVersions } from '../project/versions.ts';
import type { CliDeps, Language } from './deps.ts';
import { type FailLevel, type Finding, fails, inOrder, summarise } from './findings.ts';
import { isInside, outermost, printedPath, readTarget, type Target } from './paths.ts';
import { type Format, report } from './report.ts';

export interface CheckOptions {
  readonly format: Format;
  readonly failOn: FailLevel;
  readonly lang: Language;
}

/** Files read at once. */
const WIDTH = 64;

/**
 * Analyses the given paths, prints what was found and gives the exit code. Files that cannot be read are named on
 * stderr and the run goes on. Rejects with a `UsageError` for a path that is not there.
 */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  deps: CliDeps,
): Promise<number> {
  const workingFolder = deps.resolvePath('.');
  const targets: Target[] = [];
  for (const typed of paths) {
    targets.push(await readTarget(deps.fs, typed, deps.resolvePath(typed), workingFolder));
  }
  const failedRules = new Set<string>();
  const { workspace, localise } = await deps.createAnalysis((rule) => failedRules.add(rule));
  const texts = new Map<string, string>();
  const notes = await load(workspace, targets, texts, deps);

  const findings: Finding[] = [];
  const files = [...texts.keys()].sort().flatMap((path) => {
    const target = targetOf(path, targets);
    return target === undefined ? [] : { path, target };
  });
  const broken: Note[] = [];
  const printed = (path: string, target: Target) => printedPath(path, target, targets.length === 1);
  for (const { path, target } of files) {
    try {
      for (const found of workspace.diagnose(path)) {
        findings.push(withPaths(localise(found, options.lang), (each) => printed(each, target)));
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
      broken.push({ path, message: `it could not be analysed (${reason})` });
    }
  }
  for (const note of [...notes, ...broken]) {
    const target = targetOf(note.path, targets);
    const path = target === undefined ? note.path : printed(note.path, target);
    deps.stderr.write(`fastapi-mentor: ${path}: ${note.message}\n`);
  }
  for (const rule of failedRules) {
    deps.stderr.write(
      `fastapi-mentor: the rule ${rule} failed; the other rules are not affected\n`,
    );
  }
  findings.sort(inOrder);
  const sources = new Map(files.map(({ path, target }) => [printed(path, target), path]));
  const output = report(options.format, findings, {
    version: deps.version,
    summary: summarise(findings, files.length),
    language: options.lang,
    colour: wantsColour(deps),
    textOf: (path) => texts.get(sources.get(path) ?? ''),
  });
  deps.stdout.write(output);
  if (broken.length > 0) return 2;
  return fails(findings, options.failOn) ? 1 : 0;
}

/** Reads every project once and gives its texts to the workspace. */
async function load(
  workspace: Workspace,
  targets: readonly Target[],
  texts: Map<string, string>,
  { fs }: CliDeps,
): Promise<readonly Note[]> {
  const notes: Note[] = [];
  const roots = [];
  const files = new Set(targets.filter(({ isFile }) => isFile).map(({ path }) => path));
  for (const path of outermost(targets.map(({ root }) => root))) {
    const discovery = await discover(fs, path);
    const versions = await readVersions(fs, path, discovery.manifestFolders);
    notes.push(...discovery.notes, ...versions.notes);
    for (const file of discovery.files) files.add(file);
    const pinned = [...versions.packages].map(([name, { version }]) => [name, version]);
    roots.push({ path, versions: Object.fromEntries(pinned) });
  }
  workspace.setRoots(roots);
  const queue = [...files].sort();
  while (queue.length > 0) {
    const batch = queue.splice(0, WIDTH);
    const sources = await Promise.all(batch.map((path) => readSource(fs, path)));
    for (const [index, path] of batch.entries()) {
      const source = sources[index];
      // Who asked for one file does not want to hear of its neighbours.
      if (source?.note !== undefined && targetOf(path, targets) !== undefined) {
        notes.push({ path, message: source.note });
      }
      if (source?.text === undefined) continue;
      workspace.setText(path, source.text);
      texts.set(path, source.text);
    }
  }
  workspace.setLoaded(true);
  return notes;
}

/** The most exact of the targets that a path belongs to; none for a file that was read for its project's sake. */
function targetOf(path: string, targets: readonly Target[]): Target | undefined {
  return targets
    .filter((target) => (target.isFile ? target.path === path : isInside(path, target.path)))
    .reduce<Target | undefined>(
      (best, each) => (best === undefined || each.path.length > best.path.length ? each : best),
      undefined,
    );
}

function withPaths(diagnostic: Diagnostic, printed: (path: string) => string): Finding {
  return {
    ...diagnostic,
    path: printed(diagnostic.path),
    related: diagnostic.related.map((each) => ({ ...each, path: printed(each.path) })),
  };
}

/** https://no-color.org: any value that is not empty switches colours off. */
function wantsColour({ stdout, env }: CliDeps): boolean {
  if ((env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb') return false;
  return stdout.isTTY;
}
