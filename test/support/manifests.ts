/** What a project in memory pins, read by the code that reads real projects. */
import type { Root } from '../../server/src/engine/workspace.ts';
import { discover } from '../../server/src/project/discover.ts';
import { pinnedVersions, readVersions } from '../../server/src/project/versions.ts';
import { memoryFileSystem } from './memoryFileSystem.ts';
import type { Files } from './workspace.ts';

/** The root of a project in memory with the versions that the manifests among its files pin. Damaged ones throw. */
export async function rootOf(path: string, files: Files): Promise<Root> {
  const others = Object.entries(files).filter(([name]) => !name.endsWith('.py'));
  if (others.length === 0) return { path, versions: {} };
  const fs = memoryFileSystem(new Map(others.map(([name, text]) => [`${path}/${name}`, text])));
  const { manifestFolders } = await discover(fs, path);
  const versions = await readVersions(fs, path, manifestFolders);
  const damaged = versions.notes.map((note) => `${note.path}: ${note.message}`);
  if (damaged.length > 0) throw new Error(damaged.join('\n'));
  return { path, ...pinnedVersions(versions) };
}
