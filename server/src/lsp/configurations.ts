import type { Workspace } from '../engine/workspace.ts';
import type { Config, RuleInfo } from '../project/config.ts';
import { isConfigFile, readConfigFiles } from '../project/config-files.ts';
import { mistakeMessage } from '../project/config-messages.ts';
import { type ConfigMistake, readSettings } from '../project/config-read.ts';
import { parseToml } from '../project/config-tree.ts';
import type { OpenDocument } from './textDocument.ts';

/**
 * What is said about the rules, by root: a client's settings, files on disk, and open documents, which win over the
 * disk. It reaches the workspace when somebody asks for findings.
 */
export interface Configurations {
  /** Resolves when enough is known for a finding not to be taken back: settings, and the files above open documents. */
  readonly ready: Promise<void>;
  markReady(): void;
  /** The keys of the folders, which are the roots of the workspace. */
  setFolders(keys: readonly string[]): void;
  /** What a client says for one folder; with the empty key, for files of none. */
  setSettings(folder: string, settings: unknown): void;
  /** Every file of a folder that configures, as it is on disk. */
  setDisk(folder: string, texts: ReadonlyMap<string, string>): void;
  /** One of them; `undefined` when it is gone. */
  setDiskFile(folder: string, key: string, text: string | undefined): void;
  /** A document was opened, changed or closed. Whether it is one that configures. */
  edited(key: string): boolean;
  /** Gives the workspace what it has not seen yet. */
  flush(workspace: Workspace): void;
  /** By the key of a file; only files with mistakes are here. As of the last `flush`. */
  mistakes(): ReadonlyMap<string, readonly ConfigMistake[]>;
  /** Asks the client for its settings; set by who can. */
  ask: (folders: readonly string[]) => Promise<void>;
}

interface Root {
  settings: unknown;
  disk: Map<string, string>;
  mistakes: ReadonlyMap<string, readonly ConfigMistake[]>;
  isStale: boolean;
}

/** `log` is told of settings that cannot be followed. */
export function createConfigurations(
  documents: ReadonlyMap<string, OpenDocument>,
  log: (message: string) => void,
): Configurations {
  let roots = new Map<string, Root>([['', emptyRoot()]]);
  /** The last text of a file that could be read: what counts while somebody is typing in it. */
  const readable = new Map<string, string>();
  let markReady = () => {};
  const ready = new Promise<void>((resolve) => {
    markReady = resolve;
  });

  const rootOf = (key: string): string => {
    let best = '';
    for (const folder of roots.keys()) {
      if (isInside(key, folder) && folder.length > best.length) best = folder;
    }
    return best;
  };
  const textsOf = (folder: string, { disk }: Root): ReadonlyMap<string, string> => {
    const texts = new Map(disk);
    for (const [key, { text }] of documents) {
      if (isConfigFile(key) && rootOf(key) === folder && folder !== '') texts.set(key, text);
    }
    return texts;
  };
  const effective = (key: string, text: string): string => {
    if (parseToml(text).kind === 'broken') return readable.get(key) ?? text;
    readable.set(key, text);
    return text;
  };
  const settingsOf = (folder: string, { settings }: Root, rules: readonly RuleInfo[]) => {
    const own = ownSettings(settings);
    if (own === undefined) return null;
    const { config, mistakes } = readSettings(own, rules);
    for (const mistake of mistakes) log(`settings: ${mistakeMessage(mistake)}`);
    const isEmpty = config === undefined || Object.keys(config).length === 0;
    return isEmpty ? null : { folder, config };
  };

  return {
    ready,
    markReady: () => markReady(),
    setFolders(keys) {
      const known = roots;
      roots = new Map(['', ...keys].map((key) => [key, known.get(key) ?? emptyRoot()]));
      for (const root of roots.values()) root.isStale = true;
    },
    setSettings(folder, settings) {
      const root = roots.get(folder);
      if (root === undefined) return;
      root.settings = settings;
      root.isStale = true;
    },
    setDisk(folder, texts) {
      const root = roots.get(folder);
      if (root === undefined) return;
      root.disk = new Map(texts);
      root.isStale = true;
    },
    setDiskFile(folder, key, text) {
      const root = roots.get(folder);
      if (root === undefined) return;
      if (text === undefined) root.disk.delete(key);
      else root.disk.set(key, text);
      root.isStale = true;
    },
    edited(key) {
      if (!isConfigFile(key)) return false;
      const root = roots.get(rootOf(key));
      if (root !== undefined) root.isStale = true;
      return true;
    },
    flush(workspace) {
      for (const [folder, root] of roots) {
        if (!root.isStale) continue;
        root.isStale = false;
        const rules = workspace.rules();
        const written = textsOf(folder, root);
        const counted = new Map([...written].map(([key, text]) => [key, effective(key, text)]));
        const { files, ruff } = readConfigFiles(counted, rules);
        root.mistakes = readConfigFiles(written, rules).mistakes;
        const settings = settingsOf(folder, root, rules);
        workspace.setConfiguration(folder, { settings, files, ruff });
      }
    },
    mistakes: () => new Map([...roots.values()].flatMap(({ mistakes }) => [...mistakes])),
    ask: async () => undefined,
  };
}

const emptyRoot = (): Root => ({
  settings: undefined,
  disk: new Map(),
  mistakes: new Map(),
  isStale: true,
});

const isInside = (key: string, folder: string) =>
  key.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

const OWN: readonly (keyof Config)[] = [
  'preset',
  'select',
  'ignore',
  'levels',
  'exclude',
  'perFileIgnores',
  'ruff',
];

/** The settings that are about rules and that are there at all: `null` is what an editor sends for "not set". */
function ownSettings(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return undefined;
  const given: Readonly<Record<string, unknown>> = { ...settings };
  return Object.fromEntries(
    OWN.flatMap((key) => {
      const value = given[key];
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );
}
