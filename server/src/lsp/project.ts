import { URI } from 'vscode-uri';
import { BASELINE_FILE } from '../engine/baseline.ts';
import type { Workspace } from '../engine/workspace.ts';
import { isConfigFile } from '../project/config-files.ts';
import { clientFileSystem } from './clientFileSystem.ts';
import { createFolder, type Folder, readInSlices } from './folder.ts';
import { reportProgress } from './progress.ts';
import { logFailure, type Session } from './session.ts';
import type { Sources } from './sources.ts';
import { sendStatus } from './status.ts';

/** How long the server does not listen while it prepares, in milliseconds; one file may take longer. */
const SLICE = 20;

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
  const { connection, deps, configurations, documents } = session;
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
    if (state === 'ready' && !isLoaded) {
      sources.flush(analysis.workspace);
      await prepareInSlices(analysis.workspace);
    }
    isLoaded ||= state === 'ready';
    analysis.workspace.setLoaded(isLoaded);
    session.isLoaded = isLoaded;
    sources.flush(analysis.workspace);
    const files = analysis.workspace.paths().length;
    const versions = folders.flatMap(({ packages }) => frameworkVersions(packages));
    sendStatus(session, { state, files, parser: analysis.parser, versions });
    session.changed.emit();
  };

  /** Follows the project's modules before the first question that needs all of them, a moment at a time. */
  const prepareInSlices = async (workspace: Workspace) => {
    let started = performance.now();
    for (const path of workspace.paths()) {
      workspace.prepare(path);
      if (performance.now() - started < SLICE) continue;
      await deps.pause();
      started = performance.now();
    }
  };

  /** Reads the files of a folder that are not known yet, and forgets those that it has no more. */
  const load = async (folder: Folder) => {
    const keys = await folder.walk(signal);
    await folder.readVersions();
    configurations.setDisk(folder.key, await readConfigs(folder, folder.configFiles));
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

  /** Before any finding: what a file is said to be excluded from must not be said for a moment. */
  const configure = async () => {
    configurations.setFolders(folders.map(({ key }) => key));
    const read = folders.map(async (folder) => {
      const own = [...documents.keys()].filter(folder.contains);
      configurations.setDisk(folder.key, await readConfigs(folder, folder.configFilesAbove(own)));
    });
    const asked = configurations.ask(folders.map(({ key }) => key));
    for (const end of await Promise.allSettled([asked, ...read])) {
      if (end.status === 'fulfilled') continue;
      logFailure(connection, 'reading the configuration', end.reason);
    }
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

  const readBaselines = async () => {
    const accepted = await Promise.all(folders.map((folder) => folder.readBaseline()));
    session.accepted.inFiles = accepted.flat();
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
      try {
        await configure();
        // Before any finding: what depends on a version must not be taken back when it is known.
        for (const folder of folders) await folder.readVersions();
        await readBaselines();
        await update('loading');
      } finally {
        configurations.markReady();
      }
      await rescan();
    },
    rescan,
    async apply(changes) {
      let mustRescan = false;
      let hasBaselines = false;
      const manifestsOf = new Set<Folder>();
      for (const { key, isGone } of changes) {
        const folder = folderOf(key);
        if (folder === undefined) continue;
        const name = key.slice(key.lastIndexOf('/') + 1);
        if (isConfigFile(key)) {
          const isOurs = folder.covers(`${key.slice(0, -name.length)}__init__.py`) !== 'excluded';
          const text = isGone || !isOurs ? undefined : await folder.read(key);
          configurations.setDiskFile(folder.key, key, text);
        }
        if (name === '.gitignore') mustRescan = true;
        else if (name === BASELINE_FILE) hasBaselines = true;
        else if (/\.(toml|lock|txt)$/.test(name)) manifestsOf.add(folder);
        else if (isGone) forget(sources, key);
        else if (name.endsWith('.py')) {
          const covered = folder.covers(key);
          if (covered === 'included') sources.setDisk(key, await folder.read(key));
          else if (covered === 'unknown') mustRescan = true;
        }
      }
      for (const folder of manifestsOf) await folder.readVersions();
      if (hasBaselines) await readBaselines();
      await (mustRescan ? rescan() : update('ready'));
    },
  };
}

async function readConfigs(folder: Folder, keys: readonly string[]) {
  const texts = await Promise.all(keys.map((key) => folder.read(key)));
  return new Map(
    keys.flatMap((key, index) => {
      const text = texts[index];
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}

/** Forgets a file, or everything below a folder. */
function forget(sources: Sources, gone: string): void {
  if (sources.onDisk().has(gone)) {
    sources.setDisk(gone, undefined);
    return;
  }
  for (const key of sources.onDisk()) {
    if (key.startsWith(`${gone}/`)) sources.setDisk(key, undefined);
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
