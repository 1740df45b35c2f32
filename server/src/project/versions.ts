import { type Entry, type FileSystem, joinPath, type Note, parentOf } from './fileSystem.ts';
import {
  type ManifestReader,
  readDistInfo,
  readPipfileLock,
  readPyproject,
  readRequirements,
  readTomlLock,
} from './manifests.ts';
import { compareVersions, type Requirement, type VersionRange } from './specifier.ts';

/** A version and the file or folder that says so. */
export interface PackageVersion extends VersionRange {
  readonly source: string;
}

type Packages = ReadonlyMap<string, PackageVersion>;

export interface Versions {
  /** By normalised name. A package that nothing bounds is not here. */
  readonly packages: Packages;
  /** By folder below the root: what its own manifests pin, where several projects share a repository. */
  readonly folders: ReadonlyMap<string, Packages>;
  readonly notes: readonly Note[];
}

interface Claim extends Requirement {
  readonly source: string;
  readonly trust: number;
}

/** Lower is trusted more: what is locked, what is installed, what is pinned, what is bounded. */
const trust = { locked: 0, installed: 1, pinned: 2, bounded: 3 };

const lockReaders: Readonly<Record<string, ManifestReader>> = {
  'uv.lock': readTomlLock,
  'poetry.lock': readTomlLock,
  'pdm.lock': readTomlLock,
  'Pipfile.lock': readPipfileLock,
};

/**
 * The versions that a project pins. `folders` are looked at in turn (see `Discovery.manifestFolders`); for the whole,
 * the first to speak of a package at the same trust wins. Never rejects: what is missing is passed over, what is damaged
 * gives a note.
 */
export async function readVersions(
  fs: FileSystem,
  root: string,
  folders: readonly string[] = [],
): Promise<Versions> {
  const notes: Note[] = [];
  const byFolder = new Map<string, readonly Claim[]>();
  for (const folder of new Set([root, ...folders])) {
    byFolder.set(folder, await claimsOf(fs, root, folder, notes));
  }
  const packages = mostTrusted([...byFolder.values()].flat());
  byFolder.delete(root);
  const own = [...byFolder].map(
    ([folder, claims]) => [folder, ownOf(mostTrusted(claims), packages)] as const,
  );
  return { packages, folders: new Map(own.filter(([, versions]) => versions.size > 0)), notes };
}

function mostTrusted(claims: readonly Claim[]): Packages {
  const packages = new Map<string, PackageVersion>();
  const trusted = new Map<string, Claim>();
  for (const claim of claims) {
    if (claim.range === undefined) continue;
    const known = trusted.get(claim.name);
    if (known?.range !== undefined && !isBetter(claim, claim.range, known, known.range)) continue;
    trusted.set(claim.name, claim);
    packages.set(claim.name, { ...claim.range, source: claim.source });
  }
  return packages;
}

/** What holds in a folder for itself. A range says nothing of its own while the version of the whole lies in it. */
function ownOf(packages: Packages, whole: Packages): Packages {
  const isOwn = (name: string, { version, exact }: PackageVersion) =>
    exact || compareVersions(whole.get(name)?.version ?? version, version) > 0;
  return new Map([...packages].filter(([name, found]) => isOwn(name, found)));
}

/** A lock file may hold one package twice, for different Pythons: the higher one counts. */
function isBetter(claim: Claim, range: VersionRange, known: Claim, knownRange: VersionRange) {
  if (claim.trust !== known.trust) return claim.trust < known.trust;
  return claim.source === known.source && compareVersions(range.version, knownRange.version) > 0;
}

async function claimsOf(fs: FileSystem, root: string, folder: string, notes: Note[]) {
  const entries = await entriesOf(fs, folder);
  const claims: Claim[] = [];
  const files = entries.filter(({ type }) => type === 'file').map(({ name }) => name);
  for (const [name, reader] of Object.entries(lockReaders)) {
    if (!files.includes(name)) continue;
    const source = joinPath(folder, name);
    const requirements = await readManifest(fs, source, reader, notes);
    claims.push(...requirements.map((each) => ({ ...each, source, trust: trust.locked })));
  }
  claims.push(...(await installedIn(fs, folder, entries)));
  if (files.includes('pyproject.toml')) {
    const source = joinPath(folder, 'pyproject.toml');
    const requirements = await readManifest(fs, source, readPyproject, notes);
    claims.push(...requirements.map((each) => declared(each, source)));
  }
  claims.push(...(await requirementsOf(fs, root, folder, entries, notes)));
  return claims;
}

/** The versions of each root and folder, as a workspace takes them; `keyOf` names a folder there. */
export function pinnedVersions(
  { packages, folders }: Pick<Versions, 'packages' | 'folders'>,
  keyOf = (folder: string) => folder,
) {
  const plain = (versions: Packages): Readonly<Record<string, string>> =>
    Object.fromEntries([...versions].map(([name, { version }]) => [name, version]));
  return {
    versions: plain(packages),
    folders: Object.fromEntries([...folders].map(([folder, own]) => [keyOf(folder), plain(own)])),
  };
}

const declared = (requirement: Requirement, source: string): Claim => ({
  ...requirement,
  source,
  trust: requirement.range?.exact === true ? trust.pinned : trust.bounded,
});

async function readManifest(fs: FileSystem, path: string, reader: ManifestReader, notes: Note[]) {
  const text = await textOf(fs, path);
  if (text === undefined) return [];
  try {
    return reader(text);
  } catch {
    notes.push({ path, message: 'it is damaged, so the versions in it are not known' });
    return [];
  }
}

/** `requirements*.txt` beside the project and `requirements/*.txt`, with what they include inside the root. */
async function requirementsOf(
  fs: FileSystem,
  root: string,
  folder: string,
  entries: readonly Entry[],
  notes: Note[],
) {
  const isFolder = ({ name, type }: Entry) => name === 'requirements' && type === 'directory';
  const nested = entries.some(isFolder) ? joinPath(folder, 'requirements') : undefined;
  const queue = [
    ...requirementFiles(entries, /^requirements.*\.txt$/, folder),
    ...(nested === undefined
      ? []
      : requirementFiles(await entriesOf(fs, nested), /\.txt$/, nested)),
  ];
  const claims: Claim[] = [];
  const seen = new Set<string>();
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = await textOf(fs, path);
    if (text === undefined) continue;
    if (text.includes('\0')) {
      notes.push({ path, message: 'it is damaged, so the versions in it are not known' });
      continue;
    }
    const source = path;
    const { requirements, included } = readRequirements(text);
    claims.push(...requirements.map((each) => declared(each, source)));
    queue.push(...included.map((each) => resolve(parentOf(source), each)).filter(isInside(root)));
  }
  return claims;
}

function requirementFiles(entries: readonly Entry[], pattern: RegExp, folder: string) {
  return entries
    .filter(({ name, type }) => type === 'file' && pattern.test(name))
    .map(({ name }) => joinPath(folder, name))
    .sort((left, right) => left.length - right.length || (left < right ? -1 : 1));
}

const isInside = (root: string) => (path: string) => path.startsWith(joinPath(root, ''));

function resolve(folder: string, relative: string): string {
  if (relative.startsWith('/') || relative.includes('://')) return relative;
  const parts = folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The packages of a virtual environment, by the names of their `*.dist-info` folders; no file of it is opened. */
async function installedIn(fs: FileSystem, folder: string, entries: readonly Entry[]) {
  const claims: Claim[] = [];
  for (const name of ['.venv', 'venv']) {
    if (!entries.some((entry) => entry.name === name && entry.type === 'directory')) continue;
    for (const source of await sitePackages(fs, joinPath(folder, name))) {
      for (const entry of await entriesOf(fs, source)) {
        claims.push(
          ...readDistInfo(entry.name).map((each) => ({ ...each, source, trust: trust.installed })),
        );
      }
    }
  }
  return claims;
}

async function sitePackages(fs: FileSystem, environment: string): Promise<readonly string[]> {
  const library = joinPath(environment, 'lib');
  const pythons = (await entriesOf(fs, library)).filter(({ name }) => name.startsWith('python'));
  return [
    ...pythons.map(({ name }) => joinPath(joinPath(library, name), 'site-packages')),
    joinPath(environment, 'Lib/site-packages'),
  ];
}

async function entriesOf(fs: FileSystem, folder: string): Promise<readonly Entry[]> {
  try {
    return await fs.readDirectory(folder);
  } catch {
    return [];
  }
}

/** Manifests are small; one that cannot be read is as good as none. */
async function textOf(fs: FileSystem, path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await fs.readFile(path));
  } catch {
    return undefined;
  }
}
