import { applications, applicationsOf, installedPackages } from '../fastapi/running/project.ts';
import { folderVersions } from '../fastapi/versions.ts';
import { knownFiles, rootPaths } from '../python/modules.ts';
import { createDatabase, type Database } from '../query/database.ts';
import { RULES } from '../rules/index.ts';
import type { Parser } from '../syntax/parser.ts';
import { hasErrors, parserInput, removeFileText, setFileText } from '../syntax/source.ts';
import { callableAt, incoming, outgoing, whyHere } from './call-graph.ts';
import { rootConfiguration } from './configuration.ts';
import { checkExercise } from './exercise.ts';
import { activeRules, ruleFailures } from './findings.ts';
import { isLoaded } from './loading.ts';
import { reportedDiagnostics } from './reported.ts';
import { listApplications } from './routes.ts';
import type { Rule } from './rule.ts';
import type { Root, Workspace } from './workspace.ts';

export interface WorkspaceOptions {
  readonly parser: Parser;
  /** Instead of all rules: for tests and for `--select`. */
  readonly rules?: readonly Rule[];
  /** Told of a rule's own mistake; its other findings and the other rules are not affected. */
  readonly onRuleFailure?: (rule: string, error: unknown) => void;
}

/** How many edits may pass before what only older texts needed is dropped. */
const COLLECT_EVERY = 500;

/** An empty workspace. It never throws for what a text holds. */
export function createWorkspace(options: WorkspaceOptions): Workspace & { readonly db: Database } {
  const db = createDatabase();
  const paths = new Set<string>();
  let pathsChanged = false;
  let edits = 0;
  /** The folders that versions were given for. */
  let pinning: ReadonlySet<string> = new Set();
  db.set(parserInput, '', options.parser);
  db.set(activeRules, '', options.rules ?? RULES);
  if (options.onRuleFailure) db.set(ruleFailures, '', options.onRuleFailure);

  function publishPaths(): void {
    if (!pathsChanged) return;
    pathsChanged = false;
    db.set(knownFiles, '', new Set([...paths].sort()));
  }

  return {
    db,
    setRoots(roots: readonly Root[]) {
      db.set(
        rootPaths,
        '',
        roots.map((root) => root.path),
      );
      const folders = new Map(
        roots.flatMap(({ path, versions, folders: below = {} }) => [
          [path, versions] as const,
          ...Object.entries(below),
        ]),
      );
      for (const gone of pinning) if (!folders.has(gone)) db.set(folderVersions, gone, {});
      for (const [folder, versions] of folders) db.set(folderVersions, folder, versions);
      pinning = new Set(folders.keys());
      const pinned = roots.flatMap(({ versions }) => Object.keys(versions));
      db.set(installedPackages, '', new Set(pinned.map((name) => name.replaceAll('-', '_'))));
    },
    setConfiguration(root, configuration) {
      db.set(rootConfiguration, root, configuration);
    },
    rules: () => db.get(activeRules, '').map(({ name, level }) => ({ name, level })),
    setText(path, text) {
      if (!paths.has(path)) {
        paths.add(path);
        pathsChanged = true;
      }
      setFileText(db, path, text);
      if (++edits % COLLECT_EVERY === 0)
        db.collect([
          [applications, ''] as const,
          ...[...paths].map((one) => [reportedDiagnostics, one] as const),
        ]);
    },
    removeFile(path) {
      if (!paths.delete(path)) return;
      pathsChanged = true;
      removeFileText(db, path);
    },
    setLoaded(loaded) {
      db.set(isLoaded, '', loaded);
    },
    prepare(path) {
      publishPaths();
      applicationsOf(db, path);
    },
    applications() {
      publishPaths();
      return listApplications(db);
    },
    whyHere(path, position) {
      publishPaths();
      return whyHere(db, path, position);
    },
    callableAt(path, position) {
      publishPaths();
      return callableAt(db, path, position);
    },
    incomingCalls(id) {
      publishPaths();
      return incoming(db, id);
    },
    outgoingCalls(id) {
      publishPaths();
      return outgoing(db, id);
    },
    checkExercise(folder, checks) {
      publishPaths();
      return checkExercise(db, folder, checks);
    },
    setCheckpoint: db.setCheckpoint,
    paths: () => [...paths],
    isBroken: (path) => hasErrors(db, path),
    diagnose(path) {
      publishPaths();
      return paths.has(path) ? db.get(reportedDiagnostics, path) : [];
    },
  };
}
