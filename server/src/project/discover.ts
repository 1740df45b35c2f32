import ignore, { type Ignore } from 'ignore';
import { isConfigFile } from './config-files.ts';
import { decode } from './decode.ts';
import { type Entry, type FileSystem, joinPath, type Note, parentOf } from './fileSystem.ts';

export interface DiscoverOptions {
  /** Ends of the names that are wanted; `.py` unless told. */
  readonly extensions?: readonly string[];
  readonly signal?: AbortSignal;
}

/** What a walk found. All paths are absolute and sorted. */
export interface Discovery {
  readonly files: readonly string[];
  /** Folders that hold a `pyproject.toml`, a lock file or requirements, nearest to the root first. */
  readonly manifestFolders: readonly string[];
  /** Files that may configure FastAPI Mentor or ruff. */
  readonly configFiles: readonly string[];
  readonly notes: readonly Note[];
  /**
   * Whether a path that has come up since would have been found. `unknown` when it lies in a folder that was not there:
   * only a new walk can tell.
   */
  covers(path: string): 'included' | 'excluded' | 'unknown';
}

/** What git ignores below one folder; the folders above have their say after it. */
interface IgnoreRules {
  readonly folder: string;
  readonly matcher: Ignore;
  readonly above: IgnoreRules | undefined;
}

/** Caches, version control and installed packages: never somebody's own source, ignored by git or not. */
const neverSource = new Set([
  '.git',
  '.hg',
  '.svn',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.ruff_cache',
  '.pytest_cache',
  '.ipynb_checkpoints',
  '.eggs',
  'node_modules',
  'site-packages',
  '__pycache__',
  '__pypackages__',
]);

const manifest =
  /^(pyproject\.toml|uv\.lock|poetry\.lock|pdm\.lock|Pipfile\.lock|requirements.*\.txt)$/;

/** Folders read at once: enough to keep a disk busy, few enough for a connection to a far away one. */
const WIDTH = 32;

/**
 * Walks a folder for Python files as git sees it: nested `.gitignore` files hold, virtual environments and caches are
 * left out. Links are never followed: what they point to inside the root has its own path, what is outside does not
 * belong to it, and a circle cannot arise. Folders that cannot be read give a note, those that vanish do not.
 * Rejects with the signal's reason when it is aborted.
 */
export async function discover(
  fs: FileSystem,
  root: string,
  options: DiscoverOptions = {},
): Promise<Discovery> {
  const extensions = options.extensions ?? ['.py'];
  const wanted = (name: string) => extensions.some((extension) => name.endsWith(extension));
  const files: string[] = [];
  const manifestFolders: string[] = [];
  const configFiles: string[] = [];
  const notes: Note[] = [];
  const visited = new Map<string, IgnoreRules | undefined>();
  const skipped = new Set<string>();

  const visit = async (folder: string, above: IgnoreRules | undefined): Promise<void> => {
    const entries = await readFolder(fs, folder, notes);
    if (entries === undefined) return;
    if (folder !== root && isEnvironment(entries)) {
      skipped.add(folder);
      return;
    }
    const rules = await readIgnoreRules(fs, folder, entries, above);
    visited.set(folder, rules);
    for (const { name, type } of entries) {
      const path = joinPath(folder, name);
      if (type === 'directory') {
        if (neverSource.has(name) || isIgnored(rules, `${path}/`)) skipped.add(path);
        else queue.push([path, rules]);
      } else if (type === 'file') {
        if (isConfigFile(name)) configFiles.push(path);
        if (wanted(name) && !isIgnored(rules, path)) files.push(path);
        else if (manifest.test(name)) manifestFolders.push(folder);
      }
    }
  };

  const queue: [folder: string, above: IgnoreRules | undefined][] = [];
  queue.push([root, await readExclude(fs, root)]);
  while (queue.length > 0) {
    options.signal?.throwIfAborted();
    await Promise.all(queue.splice(0, WIDTH).map(([folder, above]) => visit(folder, above)));
  }

  const covers = (path: string) => {
    for (let folder = parentOf(path); folder.startsWith(root); folder = parentOf(folder)) {
      if (skipped.has(folder)) return 'excluded';
      if (folder === root || parentOf(folder) === folder) break;
    }
    const folder = parentOf(path);
    if (!visited.has(folder)) return 'unknown';
    return wanted(path) && !isIgnored(visited.get(folder), path) ? 'included' : 'excluded';
  };
  return {
    files: files.sort(),
    manifestFolders: [...new Set(manifestFolders)].sort(byDepth),
    configFiles: configFiles.sort(),
    notes,
    covers,
  };
}

async function readFolder(fs: FileSystem, folder: string, notes: Note[]) {
  try {
    return await fs.readDirectory(folder);
  } catch {
    const stillThere = await fs.stat(folder).then(
      () => true,
      () => false,
    );
    if (stillThere) notes.push({ path: folder, message: 'the folder cannot be read' });
    return undefined;
  }
}

/** A virtual environment says so in `pyvenv.cfg`, a conda environment by its folder `conda-meta`. */
function isEnvironment(entries: readonly Entry[]): boolean {
  return entries.some(({ name }) => name === 'pyvenv.cfg' || name === 'conda-meta');
}

async function readIgnoreRules(
  fs: FileSystem,
  folder: string,
  entries: readonly Entry[],
  above: IgnoreRules | undefined,
): Promise<IgnoreRules | undefined> {
  if (!entries.some(({ name, type }) => name === '.gitignore' && type === 'file')) return above;
  return readRules(fs, joinPath(folder, '.gitignore'), folder, above);
}

/** `.git/info/exclude` of a root that is a checkout: a person's own rules, weaker than every `.gitignore`. */
function readExclude(fs: FileSystem, root: string): Promise<IgnoreRules | undefined> {
  return readRules(fs, joinPath(root, '.git/info/exclude'), root, undefined);
}

async function readRules(
  fs: FileSystem,
  path: string,
  folder: string,
  above: IgnoreRules | undefined,
): Promise<IgnoreRules | undefined> {
  try {
    const { text = '' } = decode(await fs.readFile(path));
    const matcher = ignore({ ignorecase: false, allowRelativePaths: true }).add(text);
    return { folder, matcher, above };
  } catch {
    return above;
  }
}

/** `path` ends in `/` for a folder. The rules nearest to the path that speak of it decide. */
function isIgnored(rules: IgnoreRules | undefined, path: string): boolean {
  for (let at = rules; at !== undefined; at = at.above) {
    const start = at.folder.endsWith('/') ? at.folder.length : at.folder.length + 1;
    const { ignored, unignored } = at.matcher.test(path.slice(start));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

function byDepth(left: string, right: string): number {
  const depth = left.split('/').length - right.split('/').length;
  return depth !== 0 ? depth : left < right ? -1 : 1;
}
