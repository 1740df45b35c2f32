import { URI } from 'vscode-uri';
import { clientFileSystem } from './clientFileSystem.ts';
import { createFolder, type Folder, readInSlices } from './folder.ts';
import { reportProgress } from './progress.ts';
import type { Session } from './session.ts';
import type { Sources } from './sources.ts';
import { sendStatus } from './status.ts';

/** A file or folder that came, changed or went. */
export interface Change {
  readonly key: string;
  readonly isGone: boolean;
}

/** What is on disk, kept in step with what the client says about it. Calls must not overlap. */
export interface Project {
  folderUris(): readonly string[];
  setFolders(uris: readonly string[]): Promise<void>;
  apply(changes: readonly Change[]): Promise<void>;
  /** Walks all folders again and reads what is new. */
  rescan(): Promise<void>;
}

export function createProject(session: Session, sources: Sources): Project {
  const { connection, deps } = session;
  let uris: readonly string[] = [];
  let folders: readonly Folder[] = [];
  // Once everything has been read, a folder that comes later takes nothing back that was said of the others.
  let isLoaded = false;
  const folderOf = (key: string) => folders.find((folder) => folder.contains(key));
  sources.reread = async (key) => folderOf(key)?.read(key);
  // A client that goes away ends the process; until then a walk is never cut short.
  const { signal } = new AbortController();

  const update = async (state: 'loading' | 'ready') => {
    const analysis = await session.analysis;
    if (analysis === undefined) {
      sendStatus(session, { state: 'failed', files: 0, parser: '', versions: [] });
      return;
    }
    analysis.workspace.setRoots(folders.map(({ root }) => root));
    isLoaded ||= state === 'ready';
    analysis.workspace.setLoaded(isLoaded);
    sources.flush(analysis.workspace);
    const files = analysis.workspace.paths().length;
    const versions = folders.flatMap(({ packages }) => frameworkVersions(packages));
    sendStatus(session, { state, files, parser: analysis.parser, versions });
    session.changed.emit();
  };

  /** Reads the files of a folder that are not known yet, and forgets those that it has no more. */
  const load = async (folder: Folder) => {
    const keys = await folder.walk(signal);
    await folder.readVersions();
    const wanted = new Set(keys);
    for (const key of sources.onDisk()) {
      if (folderOf(key) === folder && !wanted.has(key)) sources.setDisk(key, undefined);
    }
    const unread = keys.filter((key) => !sources.onDisk().has(key));
    const progress = await reportProgress(session, unread.length);
    await readInSlices(folder, unread, {
      signal,
      pause: deps.pause,
      found: (key, text) => sources.setDisk(key, text),
      progress: progress.report,
    }).finally(progress.done);
  };

  const openFolder = (uri: string): Folder | undefined => {
    const { scheme, authority } = URI.parse(uri);
    const own = deps.fileSystem(scheme, authority);
    const viaClient = session.clientOptions.fileSystem
      ? clientFileSystem(connection, scheme, authority)
      : undefined;
    const fs = own ?? viaClient;
    if (fs === undefined) return undefined;
    return createFolder(uri, {
      fs,
      note: ({ path, message }) => connection.console.info(`${path}: ${message}`),
    });
  };

  const rescan = async () => {
    for (const folder of folders) await load(folder);
    await update('ready');
  };

  return {
    folderUris: () => uris,
    async setFolders(given) {
      uris = given;
      folders = given.flatMap((uri) => openFolder(uri) ?? []);
      for (const key of sources.onDisk()) {
        if (folderOf(key) === undefined) sources.setDisk(key, undefined);
      }
      // Before any finding: what depends on a version must not be taken back when it is known.
      for (const folder of folders) await folder.readVersions();
      await update('loading');
      await rescan();
    },
    rescan,
    async apply(changes) {
      let mustRescan = false;
      const manifestsOf = new Set<Folder>();
      for (const { key, isGone } of changes) {
        const folder = folderOf(key);
        if (folder === undefined) continue;
        const name = key.slice(key.lastIndexOf('/') + 1);
        if (name === '.gitignore') mustRescan = true;
        else if (/\.(toml|lock|txt)$/.test(name)) manifestsOf.add(folder);
        else if (isGone) forget(sources, key);
        else if (name.endsWith('.py')) {
          const covered = folder.covers(key);
          if (covered === 'included') sources.setDisk(key, await folder.read(key));
          else if (covered === 'unknown') mustRescan = true;
        }
      }
      for (const folder of manifestsOf) await folder.readVersions();
      await (mustRescan ? rescan() : update('ready'));
    },
  };
}

/** Forgets a file, or everything below a folder. */
function forget(sources: Sources, gone: string): void {
  for (const key of sources.onDisk()) {
    if (key === gone || key.startsWith(`${gone}/`)) sources.setDisk(key, undefined);
  }
}

/** The packages whose versions decide what the rules say. */
function frameworkVersions(packages: Folder['packages']) {
  return ['fastapi', 'starlette', 'pydantic', 'sqlalchemy'].flatMap((name) => {
    const found = packages.get(name);
    return found === undefined
      ? []
      : { name, version: found.exact ? found.version : found.written, exact: found.exact };
  });
}
