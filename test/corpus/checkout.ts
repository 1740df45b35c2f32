/** Somebody's project, read from the disk as the command line reads it. */
import path from 'node:path';
import { createWorkspace } from '../../server/src/engine/create.ts';
import type { Rule } from '../../server/src/engine/rule.ts';
import type { Root, Workspace } from '../../server/src/engine/workspace.ts';
import { nodeFileSystem } from '../../server/src/node.ts';
import { discover } from '../../server/src/project/discover.ts';
import { readSource } from '../../server/src/project/readSource.ts';
import { pinnedVersions, readVersions } from '../../server/src/project/versions.ts';
import type { Database } from '../../server/src/query/database.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';

export interface SourceFile {
  /** Absolute, with `/` between its parts: the file's id in the workspace. */
  readonly path: string;
  /** From the root of the checkout. */
  readonly relative: string;
  readonly text: string;
}

export interface Checkout {
  readonly root: string;
  readonly versions: Root['versions'];
  readonly folders: NonNullable<Root['folders']>;
  readonly files: readonly SourceFile[];
  /** What could not be read, and why. */
  readonly notes: readonly string[];
}

/** Every Python file below a folder that git does not ignore, in the order of the paths. */
export async function readCheckout(folder: string): Promise<Checkout> {
  const root = path.resolve(folder).replaceAll(path.sep, '/');
  const discovery = await discover(nodeFileSystem, root);
  const versions = await readVersions(nodeFileSystem, root, discovery.manifestFolders);
  const relativeOf = (file: string) => file.slice(root.length + 1);
  const notes = [...discovery.notes, ...versions.notes];
  const files: SourceFile[] = [];
  for (const file of discovery.files) {
    const source = await readSource(nodeFileSystem, file);
    if (source?.note !== undefined) notes.push({ path: file, message: source.note });
    if (source?.text === undefined) continue;
    files.push({ path: file, relative: relativeOf(file), text: source.text });
  }
  return {
    root,
    ...pinnedVersions(versions),
    files,
    notes: notes.map((note) => `${relativeOf(note.path)}: ${note.message}`),
  };
}

export interface OpenOptions {
  readonly parser: Parser;
  readonly rules?: readonly Rule[];
  readonly onRuleFailure?: (rule: string, error: unknown) => void;
}

/** A workspace that holds a checkout. `files` may be given in another order, or some of them only. */
export function openCheckout(
  { root, versions, folders, files: all }: Checkout,
  options: OpenOptions,
  files: readonly SourceFile[] = all,
): Workspace & { readonly db: Database } {
  const workspace = createWorkspace(options);
  workspace.setRoots([{ path: root, versions, folders }]);
  for (const { path: id, text } of files) workspace.setText(id, text);
  workspace.setLoaded(true);
  return workspace;
}
