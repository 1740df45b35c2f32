/** What a project in memory pins, read by the code that reads real projects. */
import type { PinnedVersions } from '../../server/src/engine/workspace.ts';
import { discover } from '../../server/src/project/discover.ts';
import { readVersions } from '../../server/src/project/versions.ts';
import { memoryFileSystem } from './memoryFileSystem.ts';
import type { Files } from './workspace.ts';

const ROOT = '/project';

/** By package, the versions that the manifests among the files pin. A manifest that can't be read throws. */
export async function pinnedVersions(files: Files): Promise<PinnedVersions> {
  const others = Object.entries(files).filter(([path]) => !path.endsWith('.py'));
  if (others.length === 0) return {};
  const fs = memoryFileSystem(new Map(others.map(([path, text]) => [`${ROOT}/${path}`, text])));
  const { manifestFolders } = await discover(fs, ROOT);
  const { packages, notes } = await readVersions(fs, ROOT, manifestFolders);
  if (notes.length > 0)
    throw new Error(notes.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  return Object.fromEntries([...packages].map(([name, { version }]) => [name, version]));
}
