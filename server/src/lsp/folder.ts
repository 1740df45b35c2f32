import { URI } from 'vscode-uri';
import { type Accepted, BASELINE_FILE, BaselineError, readBaseline } from '../engine/baseline.ts';
import type { Root } from '../engine/workspace.ts';
import { CONFIG_FILES } from '../project/config-files.ts';
import { type Discovery, discover } from '../project/discover.ts';
import { type FileSystem, joinPath, type Note, parentOf } from '../project/fileSystem.ts';
import { readSource } from '../project/readSource.ts';
import {
  type PackageVersion,
  pinnedVersions,
  readVersions,
  type Versions,
} from '../project/versions.ts';

/** Files read between two looks at what else there is to do. */
const SLICE = 32;

/** One workspace folder. Its files are known by keys: their URIs in the spelling of `keyOf`. */
export interface Folder {
  /** The key of the folder itself. */
  readonly key: string;
  readonly root: Root;
  readonly packages: ReadonlyMap<string, PackageVersion>;
  contains(key: string): boolean;
  /** Whether a file that has come up is one of the folder's; `unknown` asks for a new walk. */
  covers(key: string): 'included' | 'excluded' | 'unknown';
  /** Reads the manifests again. */
  readVersions(): Promise<void>;
  /** What a baseline in the folder accepts, by the keys of files; nothing where there is none. */
  readBaseline(): Promise<readonly Accepted[]>;
  /** The files that configure, by their keys, as the walk found them. */
  readonly configFiles: readonly string[];
  /** Where files that configure may lie for these files: in their folders and all above, up to the folder's own. */
  configFilesAbove(keys: readonly string[]): readonly string[];
  /** Walks the folder and gives the keys of its Python files. Rejects when the signal is aborted. */
  walk(signal: AbortSignal): Promise<readonly string[]>;
  /** The text of one file; undefined when there is none that could be looked at. */
  read(key: string): Promise<string | undefined>;
}

export interface FolderDeps {
  readonly fs: FileSystem;
  /** Called for what a person may want to know: a file that is too large, a damaged manifest. */
  note(note: Note): void;
}

/** `uri` is the folder's as the client writes it. Nothing is read yet. */
export function createFolder(uri: string, { fs, note }: FolderDeps): Folder {
  const base = URI.parse(uri);
  const rootPath = base.path.length > 1 ? base.path.replace(/\/+$/, '') : base.path;
  const keyOfPath = (path: string) => base.with({ path }).toString();
  const pathOf = (key: string) => URI.parse(key).path;
  const key = keyOfPath(rootPath);
  let discovery: Discovery | undefined;
  let versions: Pick<Versions, 'packages' | 'folders'> = {
    packages: new Map(),
    folders: new Map(),
  };

  return {
    key,
    get root() {
      return { path: key, ...pinnedVersions(versions, keyOfPath) };
    },
    get packages() {
      return versions.packages;
    },
    contains: (other) => other === key || other.startsWith(key.endsWith('/') ? key : `${key}/`),
    covers: (other) => discovery?.covers(pathOf(other)) ?? 'unknown',
    async readVersions() {
      const { notes, ...found } = await readVersions(fs, rootPath, discovery?.manifestFolders);
      versions = found;
      notes.forEach(note);
    },
    async readBaseline() {
      const path = joinPath(rootPath, BASELINE_FILE);
      const bytes = await fs.readFile(path).catch(() => undefined);
      if (bytes === undefined) return [];
      try {
        return readBaseline(new TextDecoder().decode(bytes)).map((entry) => ({
          ...entry,
          path: keyOfPath(joinPath(rootPath, entry.path)),
        }));
      } catch (error) {
        if (!(error instanceof BaselineError)) throw error;
        note({ path, message: error.message });
        return [];
      }
    },
    get configFiles() {
      return discovery?.configFiles.map(keyOfPath) ?? [];
    },
    configFilesAbove(keys) {
      const folders = new Set([rootPath]);
      for (const path of keys.map(pathOf)) {
        for (let at = parentOf(path); at.length > rootPath.length; at = parentOf(at))
          folders.add(at);
      }
      const names = [...folders].flatMap((at) => CONFIG_FILES.map((name) => joinPath(at, name)));
      return names.map(keyOfPath);
    },
    async walk(signal) {
      discovery = await discover(fs, rootPath, { signal });
      discovery.notes.forEach(note);
      return discovery.files.map(keyOfPath);
    },
    async read(file) {
      const path = pathOf(file);
      const source = await readSource(fs, path);
      if (source?.note !== undefined) note({ path, message: source.note });
      return source?.text;
    },
  };
}

/** Reads files a slice at a time; `pause` lets others go first, `done` is how many have been read. */
export async function readInSlices(
  folder: Folder,
  keys: readonly string[],
  options: {
    readonly signal: AbortSignal;
    pause(): Promise<void>;
    found(key: string, text: string | undefined): void;
    progress(done: number): void;
  },
): Promise<void> {
  for (let start = 0; start < keys.length; start += SLICE) {
    options.signal.throwIfAborted();
    const slice = keys.slice(start, start + SLICE);
    const texts = await Promise.all(slice.map((key) => folder.read(key)));
    for (const [index, key] of slice.entries()) options.found(key, texts[index]);
    options.progress(start + slice.length);
    await options.pause();
  }
}
