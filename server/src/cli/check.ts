import type { Diagnostic } from '../engine/diagnostic.ts';
import type { Workspace } from '../engine/workspace.ts';
import {
  type BaselineFile,
  newIn,
  openBaseline,
  saveBaseline,
  withoutAccepted,
} from './baselines.ts';
import { openTargets, passOn, refuseNonsense } from './checkInput.ts';
import type { ConfigurationOptions } from './configuration.ts';
import type { CliDeps } from './deps.ts';
import { type FailLevel, type Finding, fails, inOrder, summarise } from './findings.ts';
import { diffOf, type FixRun, planFixes, wouldFix, writeFixes } from './fixing.ts';
import { printedPath, type Target, targetOf } from './paths.ts';
import { diagnoseAll, readProject } from './project.ts';
import { type Format, report } from './report.ts';
import { diagnoseShared } from './shares.ts';

export interface CheckOptions extends ConfigurationOptions {
  readonly format: Format;
  readonly failOn: FailLevel;
  /** Applies what is safe to apply. */
  readonly fix?: boolean;
  /** With `fix` or `diffFixes`: also what may change an answer. */
  readonly unsafeFixes?: boolean;
  /** Prints what `fix` would change, and changes nothing. */
  readonly diffFixes?: boolean;
  /** A file of accepted findings; empty for the usual one. */
  readonly baseline?: string;
  /** Accepts what is found, from now on. */
  readonly writeBaseline?: string;
  /** As which file `-`, the standard input, is read. */
  readonly stdinFilename?: string;
}

/**
 * Analyses the given paths, mends what is asked to be mended, prints what was found and gives the exit code. Files that
 * cannot be read are named on stderr and the run goes on. Rejects with a `UsageError` for a path that is not there.
 */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  given: CliDeps,
): Promise<number> {
  refuseNonsense(paths, options);
  const { deps, targets } = await openTargets(paths, options, given);
  const isStdin = paths[0] === '-';
  const old =
    options.baseline === undefined
      ? undefined
      : await openBaseline(options.baseline, targets, deps);
  const failedRules = new Set<string>();
  const { workspace, localise } = await deps.createAnalysis((rule) => failedRules.add(rule));
  const project = await readProject(workspace.rules(), targets, options, deps);
  const texts = new Map(project.texts);
  const files = [...texts.keys()].sort().flatMap((path) => {
    const target = targetOf(path, targets);
    return target === undefined ? [] : { path, target };
  });
  const printed = (path: string, target: Target) => printedPath(path, target, targets.length === 1);
  const printedOf = (path: string) => {
    const target = targetOf(path, targets);
    return target === undefined ? path : printed(path, target);
  };

  // Who mends goes on with this workspace: what other threads found out would have to be found out again.
  const isMended = options.fix === true || options.diffFixes === true;
  const analysable = files.map(({ path }) => path);
  let { found, broken } = await diagnoseShared(workspace, project, analysable, {
    threads: isMended ? undefined : deps.threads,
    onFailedRule: (rule) => failedRules.add(rule),
  });
  const analysed = [...found.keys()];
  const fixed = await mend({ workspace, texts, paths: analysed, old, isStdin }, options, {
    ...deps,
    printed: printedOf,
  });
  if (fixed !== undefined) ({ found, broken } = diagnoseAll(workspace, analysable));
  if (fixed && isStdin && !(await passOn(targets[0]?.path ?? '', texts, deps))) return 2;
  const refused = fixed?.refused ?? [];
  for (const { path, message } of [...project.notes, ...broken, ...refused])
    deps.stderr.write(`fastapi-mentor: ${printedOf(path)}: ${message}\n`);
  for (const rule of failedRules) {
    deps.stderr.write(
      `fastapi-mentor: the rule ${rule} failed; the other rules are not affected\n`,
    );
  }

  const all = [...found.values()].flat();
  const baseline =
    options.writeBaseline === undefined
      ? old
      : await saveBaseline(options.writeBaseline, targets, all, deps);
  const isCovered = (path: string) => targetOf(path, targets) !== undefined;
  const compared = baseline && withoutAccepted(baseline, found, isCovered, deps);
  const findings = (compared?.shown ?? all)
    .map((each) => {
      const target = targetOf(each.path, targets);
      const printedFrom = (path: string) => (target === undefined ? path : printed(path, target));
      return withPaths(localise(each, options.lang), printedFrom);
    })
    .sort(inOrder);
  const sources = new Map(files.map(({ path, target }) => [printed(path, target), path]));
  const output = report(options.format, findings, {
    version: deps.version,
    summary: {
      ...summarise(findings, files.length),
      ...(fixed && { fixed: fixed.count }),
      ...(compared && { accepted: compared.accepted, stale: compared.stale }),
    },
    language: options.lang,
    ...(fixed && { mended: options.unsafeFixes === true ? 'quick' : 'safe' }),
    colour: wantsColour(deps),
    textOf: (path) => texts.get(sources.get(path) ?? ''),
    ...(options.writeBaseline !== undefined && baseline && { wrote: baseline.typed }),
  });
  // A diff, or a text that was handed over, is read by another program: nothing else may stand there.
  if (options.diffFixes !== true) (isStdin && fixed ? deps.stderr : deps.stdout).write(output);
  if (broken.length > 0 || refused.length > 0) return 2;
  return fails(findings, options.failOn) ? 1 : 0;
}

interface Mended {
  readonly workspace: Workspace;
  /** Gets the new texts. */
  readonly texts: Map<string, string>;
  readonly paths: readonly string[];
  /** What it accepts is not mended. */
  readonly old: BaselineFile | undefined;
  readonly isStdin: boolean;
}

/** Mends what is asked to be mended, and writes it; or prints what that would be. Nothing where neither is asked for. */
async function mend(
  { workspace, texts, paths, old, isStdin }: Mended,
  { fix, unsafeFixes, diffFixes, lang }: CheckOptions,
  { printed, ...deps }: CliDeps & { printed(path: string): string },
): Promise<FixRun | undefined> {
  if (fix !== true && diffFixes !== true) return undefined;
  const plan = planFixes(workspace, texts, paths, {
    applicability: unsafeFixes === true ? 'quick' : 'safe',
    ...(old && { select: (path, each) => newIn(old, path, each) }),
  });
  if (diffFixes === true) {
    deps.stdout.write(diffOf(plan, texts, printed, deps.stdout.isTTY));
    deps.stderr.write(wouldFix(plan, lang));
    return undefined;
  }
  const run = isStdin ? plan : await writeFixes(plan, texts, deps);
  for (const [path, text] of run.texts) {
    workspace.setText(path, text);
    texts.set(path, text);
  }
  return run;
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
