/** The files that configure, read together: what holds for which folder of a root. */
import type { Config, ConfigLayer, RuleInfo } from './config.ts';
import { type ConfigMistake, readConfig } from './config-read.ts';
import { extendRuff, type RuffConfig, type RuffLayer, readRuffConfig } from './config-ruff.ts';
import { parentOf } from './fileSystem.ts';

/** Everything that is said about one root, as plain data. */
export interface RootConfiguration {
  /** An editor's settings or a command's options: what they say wins over every file. */
  readonly settings: ConfigLayer | null;
  /** What `pyproject.toml` files say; each governs its folder. */
  readonly files: readonly ConfigLayer[];
  readonly ruff: readonly RuffLayer[];
}

export const NO_CONFIGURATION: RootConfiguration = { settings: null, files: [], ruff: [] };

/** The files of a folder that may configure. Of ruff's, the first one there is counts. */
export const CONFIG_FILES = ['.ruff.toml', 'ruff.toml', 'pyproject.toml'] as const;

export const isConfigFile = (path: string) => /(?:^|\/)(?:pyproject|\.?ruff)\.toml$/.test(path);
export const isPyproject = (path: string) => /(?:^|\/)pyproject\.toml$/.test(path);

export interface ReadFiles extends Omit<RootConfiguration, 'settings'> {
  /** By the path of a `pyproject.toml`; only files with mistakes are here. */
  readonly mistakes: ReadonlyMap<string, readonly ConfigMistake[]>;
}

/** Reads configuration files, given as texts by path. */
export function readConfigFiles(
  texts: ReadonlyMap<string, string>,
  rules: readonly RuleInfo[],
): ReadFiles {
  const files: ConfigLayer[] = [];
  const mistakes = new Map<string, readonly ConfigMistake[]>();
  for (const [path, text] of texts) {
    if (!isPyproject(path)) continue;
    const read = readConfig(text, rules);
    if (read.config !== undefined) files.push({ folder: parentOf(path), config: read.config });
    if (read.mistakes.length > 0) mistakes.set(path, read.mistakes);
  }
  return { files, ruff: readRuffFiles(texts), mistakes };
}

function readRuffFiles(texts: ReadonlyMap<string, string>): readonly RuffLayer[] {
  const read = new Map<string, RuffConfig>();
  for (const [path, text] of texts) {
    const config = readRuffConfig(text, isPyproject(path));
    if (config !== undefined) read.set(path, config);
  }
  const layers = new Map<string, RuffLayer>();
  for (const path of [...read.keys()].sort(byPrecedence)) {
    const folder = parentOf(path);
    const config = withBase(path, read, []);
    if (!layers.has(folder) && config !== undefined) layers.set(folder, { folder, config });
  }
  return [...layers.values()];
}

const CONFIG_NAMES: readonly string[] = CONFIG_FILES;
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const rankOf = (path: string) => CONFIG_NAMES.indexOf(nameOf(path));
const byPrecedence = (left: string, right: string) => rankOf(left) - rankOf(right);

/** With what it extends, as far as that file is among those read. */
function withBase(
  path: string,
  read: ReadonlyMap<string, RuffConfig>,
  seen: readonly string[],
): RuffConfig | undefined {
  const own = read.get(path);
  if (own?.extend === undefined || seen.includes(path)) return own;
  const base = withBase(resolvePath(parentOf(path), own.extend), read, [...seen, path]);
  return base === undefined ? own : extendRuff(base, own);
}

function resolvePath(folder: string, relative: string): string {
  if (relative.startsWith('/')) return relative;
  const parts = folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** What holds for one file: each key as the strongest layer has it, with the folder that its globs are relative to. */
export interface Governing {
  readonly config: Config;
  readonly excludeFolder: string;
  readonly ignoresFolder: string;
  readonly ruff: RuffLayer | null;
}

export function governing(root: RootConfiguration, path: string): Governing {
  const file = nearest(root.files, path);
  const [strong, weak] = [root.settings, file];
  const folderOf = (key: 'exclude' | 'perFileIgnores') =>
    (strong?.config[key] === undefined ? weak : strong)?.folder ?? '';
  return {
    config: { ...weak?.config, ...strong?.config },
    excludeFolder: folderOf('exclude'),
    ignoresFolder: folderOf('perFileIgnores'),
    ruff: nearest(root.ruff, path),
  };
}

function nearest<L extends { readonly folder: string }>(
  layers: readonly L[],
  path: string,
): L | null {
  let best: L | null = null;
  for (const layer of layers) {
    const prefix = layer.folder.endsWith('/') ? layer.folder : `${layer.folder}/`;
    if (!path.startsWith(prefix)) continue;
    if (best === null || layer.folder.length > best.folder.length) best = layer;
  }
  return best;
}
