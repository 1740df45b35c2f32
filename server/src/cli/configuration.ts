/** What holds for a run: the project's files, a file that is named, and options, which win. */
import type { Config, RuleInfo } from '../project/config.ts';
import { CONFIG_FILES, type RootConfiguration, readConfigFiles } from '../project/config-files.ts';
import { mistakeLine, mistakeMessage } from '../project/config-messages.ts';
import { type ConfigMistake, readConfig, readSettings } from '../project/config-read.ts';
import { decode } from '../project/decode.ts';
import { type FileSystem, joinPath, parentOf } from '../project/fileSystem.ts';
import { type CliDeps, type Language, UsageError } from './deps.ts';
import { isInside } from './paths.ts';

export interface ConfigurationOptions {
  readonly lang: Language;
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly preset?: string;
  /** A file that takes the place of every `[tool.fastapi-mentor]`. */
  readonly config?: string;
  /** Reads no file that configures, ruff's neither. */
  readonly isolated?: boolean;
}

/** A folder that is analysed, and the files in it that may configure. */
export interface ConfiguredRoot {
  readonly path: string;
  readonly configFiles: readonly string[];
}

/** What holds for each root, by its path. Throws a `UsageError` for a mistake, with its place. */
export async function configurationsOf(
  rules: readonly RuleInfo[],
  roots: readonly ConfiguredRoot[],
  options: ConfigurationOptions,
  deps: CliDeps,
): Promise<readonly (readonly [string, RootConfiguration])[]> {
  if (options.isolated === true && options.config !== undefined)
    throw new UsageError('--isolated and --config exclude each other');
  const named = await namedFile(options, rules, deps);
  const config = { ...named, ...fromOptions(options, rules) };
  const settings =
    Object.keys(config).length === 0 ? null : { folder: deps.resolvePath('.'), config };
  const found: (readonly [string, RootConfiguration])[] = [];
  for (const root of roots) {
    const texts = options.isolated === true ? new Map() : await readAll(root, deps);
    const { files, ruff, mistakes } = readConfigFiles(texts, rules);
    if (named === undefined) {
      for (const [path, own] of mistakes) refuse(path, own, options.lang, deps);
    }
    const own = named === undefined ? files : [];
    found.push([root.path, { settings, files: own, ruff }]);
  }
  return found;
}

/** With the folders above the root, as far as the working folder: whoever stands there means them too. */
async function readAll(
  { path, configFiles }: ConfiguredRoot,
  { fs, resolvePath }: CliDeps,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...configFiles];
  const workingFolder = resolvePath('.');
  for (let at = path; at !== workingFolder && isInside(at, workingFolder); ) {
    at = parentOf(at);
    wanted.push(...CONFIG_FILES.map((name) => joinPath(at, name)));
  }
  const texts = new Map<string, string>();
  for (const file of wanted) {
    const text = await textOf(fs, file);
    if (text !== undefined) texts.set(file, text);
  }
  return texts;
}

async function textOf(fs: FileSystem, path: string): Promise<string | undefined> {
  try {
    return decode(await fs.readFile(path)).text;
  } catch {
    return undefined;
  }
}

async function namedFile(
  { config: typed, lang }: ConfigurationOptions,
  rules: readonly RuleInfo[],
  deps: CliDeps,
): Promise<Config | undefined> {
  if (typed === undefined) return undefined;
  const path = deps.resolvePath(typed);
  const text = await textOf(deps.fs, path);
  if (text === undefined) throw new UsageError(`the configuration cannot be read: ${typed}`);
  const isOwnFile = !/(?:^|\/)pyproject\.toml$/.test(path);
  const { config, mistakes } = readConfig(text, rules, { isOwnFile });
  refuse(path, mistakes, lang, deps);
  return config ?? {};
}

function fromOptions(options: ConfigurationOptions, rules: readonly RuleInfo[]): Config {
  const { select, ignore, preset } = options;
  const given = Object.entries({ select, ignore, preset }).filter(([, value]) => value);
  const config: { -readonly [K in keyof Config]: Config[K] } = {};
  for (const [name, value] of given) {
    const read = readSettings({ [name]: value }, rules);
    const [mistake] = read.mistakes;
    if (mistake !== undefined)
      throw new UsageError(`--${name}: ${mistakeMessage(mistake, options.lang)}`);
    Object.assign(config, read.config);
  }
  return config;
}

/** One line: the first mistake, and how many more there are. */
function refuse(
  path: string,
  mistakes: readonly ConfigMistake[],
  lang: Language,
  { resolvePath }: CliDeps,
): void {
  const [first, ...more] = mistakes;
  if (first === undefined) return;
  const here = joinPath(resolvePath('.'), '');
  const shown = path.startsWith(here) ? path.slice(here.length) : path;
  const others = lang === 'ko' ? `(그 밖에 ${more.length}건)` : `(and ${more.length} more)`;
  const line = mistakeLine(shown, first, lang);
  throw new UsageError(more.length === 0 ? line : `${line} ${others}`);
}

/** `--select a,b --select c`: names with commas between them, and as often as somebody likes. */
export const collectNames = (typed: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...typed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
];
