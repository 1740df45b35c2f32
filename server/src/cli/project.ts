/** A project as plain data, read once: what a workspace is opened with, here or in another thread. */
import type { Diagnostic } from '../engine/diagnostic.ts';
import type { Root, Workspace } from '../engine/workspace.ts';
import type { RootConfiguration } from '../project/config-files.ts';
import { discover } from '../project/discover.ts';
import type { Note } from '../project/fileSystem.ts';
import { readSource } from '../project/readSource.ts';
import { pinnedVersions, readVersions } from '../project/versions.ts';
import { type ConfigurationOptions, configurationsOf } from './configuration.ts';
import type { CliDeps } from './deps.ts';
import { outermost, type Target, targetOf } from './paths.ts';

export interface Project {
  readonly roots: readonly Root[];
  /** By the path of a root. */
  readonly configurations: readonly (readonly [string, RootConfiguration])[];
  readonly texts: ReadonlyMap<string, string>;
}

/** Files read at once. */
const WIDTH = 64;

/** Reads the projects that the targets belong to. */
export async function readProject(
  rules: ReturnType<Workspace['rules']>,
  targets: readonly Target[],
  options: ConfigurationOptions,
  deps: CliDeps,
): Promise<Project & { readonly notes: readonly Note[] }> {
  const { fs } = deps;
  const notes: Note[] = [];
  const roots: Root[] = [];
  const configured = [];
  const texts = new Map<string, string>();
  const files = new Set(targets.filter(({ isFile }) => isFile).map(({ path }) => path));
  for (const path of outermost(targets.map(({ root }) => root))) {
    const discovery = await discover(fs, path);
    const versions = await readVersions(fs, path, discovery.manifestFolders);
    notes.push(...discovery.notes, ...versions.notes);
    for (const file of discovery.files) files.add(file);
    roots.push({ path, ...pinnedVersions(versions) });
    configured.push({ path, configFiles: discovery.configFiles });
  }
  const configurations = await configurationsOf(rules, configured, options, deps);
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
      if (source?.text !== undefined) texts.set(path, source.text);
    }
  }
  return { roots, configurations, texts, notes };
}

/** Gives a workspace all of a project. */
export function openProject(workspace: Workspace, project: Project): void {
  workspace.setRoots(project.roots);
  for (const [root, configuration] of project.configurations)
    workspace.setConfiguration(root, configuration);
  for (const [path, text] of project.texts) workspace.setText(path, text);
  workspace.setLoaded(true);
}

export interface Diagnosed {
  /** By path, with real paths. */
  readonly found: Map<string, readonly Diagnostic[]>;
  /** What could not be analysed. */
  readonly broken: Note[];
}

export function diagnoseAll(workspace: Workspace, paths: Iterable<string>): Diagnosed {
  const found = new Map<string, readonly Diagnostic[]>();
  const broken: Note[] = [];
  for (const path of paths) {
    try {
      found.set(path, workspace.diagnose(path));
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
      broken.push({ path, message: `it could not be analysed (${reason})` });
    }
  }
  return { found, broken };
}
