/** A whole project in a workspace, for commands that ask about it. */
import type { Workspace } from '../engine/workspace.ts';
import { discover } from '../project/discover.ts';
import { readSource } from '../project/readSource.ts';
import { pinnedVersions, readVersions } from '../project/versions.ts';
import type { CliDeps } from './deps.ts';
import { readTarget } from './paths.ts';

export interface OpenProject {
  readonly workspace: Workspace;
  readonly root: string;
  readonly texts: ReadonlyMap<string, string>;
  /** A path as it is printed. */
  relative(path: string): string;
}

/** Reads everything below a path. Rejects with a `UsageError` for a path that is not there. */
export async function openProject(typed: string, deps: CliDeps): Promise<OpenProject> {
  const target = await readTarget(deps.fs, typed, deps.resolvePath(typed), deps.resolvePath('.'));
  const { root } = target;
  const texts = await textsBelow(root, deps);
  const workspace = await workspaceOf(texts, root, deps);
  return { workspace, root, texts, relative: (path) => path.slice(root.length + 1) };
}

export async function textsBelow(root: string, deps: CliDeps): Promise<Map<string, string>> {
  const { files } = await discover(deps.fs, root);
  const texts = new Map<string, string>();
  for (const path of files) {
    const source = await readSource(deps.fs, path);
    if (source?.text !== undefined) texts.set(path, source.text);
  }
  return texts;
}

/** A workspace of these texts, with the versions that the project pins now. */
export async function workspaceOf(
  texts: ReadonlyMap<string, string>,
  root: string,
  deps: CliDeps,
): Promise<Workspace> {
  const { workspace } = await deps.createAnalysis(() => undefined);
  const { manifestFolders } = await discover(deps.fs, root);
  const versions = await readVersions(deps.fs, root, manifestFolders);
  workspace.setRoots([{ path: root, ...pinnedVersions(versions) }]);
  for (const [path, text] of texts) workspace.setText(path, text);
  workspace.setLoaded(true);
  return workspace;
}
