/** Which versions a file's project pins. */

import { compareVersions } from '../project/specifier.ts';
import { rootPaths } from '../python/modules.ts';
import { defineInput, defineQuery, type Reader } from '../query/database.ts';

/** By the path of a root or a folder below: the pinned versions by normalised package name (`pydantic-settings`). */
export const folderVersions = defineInput<Readonly<Record<string, string>>>('versions', {});

const pinned = defineQuery<string | null>('pinned version', (db, key) => {
  const [path = '', name = ''] = key.split('\n');
  const roots = db.get(rootPaths, '').filter((root) => path.startsWith(`${root}/`));
  const [nearest] = roots.sort((a, b) => b.length - a.length);
  if (nearest === undefined) return null;
  for (
    let end = path.lastIndexOf('/');
    end >= nearest.length;
    end = path.lastIndexOf('/', end - 1)
  ) {
    const versions = db.get(folderVersions, path.slice(0, end));
    const version = versions[name] ?? (name === 'pydantic' ? takenBy(versions.fastapi) : undefined);
    if (version !== undefined) return version;
  }
  return null;
});

/** FastAPI 0.100 is the first that takes Pydantic 2: with an older one, what is not pinned is installed as 1. */
function takenBy(fastapi: string | undefined): string | undefined {
  return fastapi !== undefined && compareVersions(fastapi, '0.100') < 0 ? '1.9999.9999' : undefined;
}

/** The version of a package that the file's project pins, or the highest that it allows; nothing means the newest. */
export function versionOf(db: Reader, path: string, name: string): string | undefined {
  return db.get(pinned, `${path}\n${name}`) ?? undefined;
}

/** Whether the file's project pins a package below a version. Where nothing is pinned, the newest is assumed. */
export function isPinnedBelow(db: Reader, path: string, name: string, version: string): boolean {
  const known = versionOf(db, path, name);
  return known !== undefined && compareVersions(known, version) < 0;
}

/**
 * Whether the file's project may run on Starlette 0. FastAPI allows Starlette 1 since 0.133, and where only FastAPI is
 * pinned, its newest is what gets installed.
 */
export function isOnStarlette0(db: Reader, path: string): boolean {
  return versionOf(db, path, 'starlette') !== undefined
    ? isPinnedBelow(db, path, 'starlette', '1')
    : isPinnedBelow(db, path, 'fastapi', '0.133');
}
