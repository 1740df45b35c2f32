/** Reads what a team says about the rules, from a `pyproject.toml` or an editor's settings, and tells of mistakes in it. */
import {
  CONFIG_LEVELS,
  type Config,
  categoryOf,
  PRESETS,
  RUFF_MODES,
  type RuleInfo,
} from './config.ts';
import { entryAt, type Node, parseToml, type Span, treeOf } from './config-tree.ts';
import { nearestWord } from './config-words.ts';

/** A mistake in a configuration, at the word that is wrong. Plain data; `config-messages.ts` puts it into words. */
export interface ConfigMistake {
  readonly kind: 'syntax' | 'key' | 'rule' | 'level' | 'choice' | 'type';
  /** What stands there; for a syntax error the parser's own words. */
  readonly word: string;
  /** What was most likely meant. */
  readonly nearest?: string;
  /** What would be right there. */
  readonly wanted?: string;
  /** 0-based, in UTF-16 units. */
  readonly range: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly character: number;
}

export interface ReadConfig {
  /** Undefined where nothing is said about FastAPI Mentor, or nothing can be read. */
  readonly config: Config | undefined;
  readonly mistakes: readonly ConfigMistake[];
}

/** The table of a `pyproject.toml`. */
const TABLE = ['tool', 'fastapi-mentor'] as const;

/**
 * The `[tool.fastapi-mentor]` of a `pyproject.toml`; with `isOwnFile`, a file that holds nothing else may do without the
 * table. What is wrong is left out, the rest holds. A text that is no TOML is a mistake only when it speaks of us.
 */
export function readConfig(
  text: string,
  rules: readonly RuleInfo[],
  { isOwnFile = false } = {},
): ReadConfig {
  const parsed = parseToml(text);
  const rangeOf = createRanges(text);
  if (parsed.kind === 'broken') {
    const { offset, message } = parsed;
    if (!isOwnFile && !/fastapi-mentor/.test(text)) return NOTHING;
    const range = rangeOf({ start: offset, end: offset });
    return { config: undefined, mistakes: [{ kind: 'syntax', word: message, range }] };
  }
  const table = entryAt(parsed.root, ...TABLE);
  const node = table?.value ?? (isOwnFile ? parsed.root : undefined);
  if (node === undefined) return NOTHING;
  const { config, found } = readTable(node, rules, tomlKeys);
  return {
    config,
    mistakes: found.map(({ span, ...rest }) => ({ ...rest, range: rangeOf(span) })),
  };
}

/** The same from values that have no places: settings of an editor (`perFileIgnores`), options of a command. */
export function readSettings(value: unknown, rules: readonly RuleInfo[]): ReadConfig {
  const { config, found } = readTable(treeOf(value), rules, settingKeys);
  const start = { line: 0, character: 0 };
  return {
    config,
    mistakes: found.map(({ span: _, ...rest }) => ({ ...rest, range: { start, end: start } })),
  };
}

const NOTHING: ReadConfig = { config: undefined, mistakes: [] };

type Key = keyof Config;
type Keys = Readonly<Record<string, Key>>;

const settingKeys: Keys = {
  preset: 'preset',
  select: 'select',
  ignore: 'ignore',
  levels: 'levels',
  exclude: 'exclude',
  perFileIgnores: 'perFileIgnores',
  ruff: 'ruff',
};

const tomlKeys: Keys = {
  preset: 'preset',
  select: 'select',
  ignore: 'ignore',
  levels: 'levels',
  exclude: 'exclude',
  'per-file-ignores': 'perFileIgnores',
  ruff: 'ruff',
};

type Found = Omit<ConfigMistake, 'range'> & { readonly span: Span };

function readTable(node: Node, rules: readonly RuleInfo[], keys: Keys) {
  const found: Found[] = [];
  const names = rules.map(({ name }) => name);
  const selectors = ['all', ...new Set(names.map(categoryOf)), ...names];
  const config: { -readonly [K in Key]?: Config[K] } = {};

  const wrongType = (at: Node, wanted: string) => {
    const word = at.kind === 'scalar' ? String(at.value) : at.kind;
    found.push({ kind: 'type', word, wanted, span: at.span });
  };
  const textOf = (at: Node): string | undefined => {
    if (at.kind === 'scalar' && typeof at.value === 'string') return at.value;
    wrongType(at, 'string');
    return undefined;
  };
  const oneOf = <Word extends string>(
    at: Node,
    words: readonly Word[],
    kind: 'choice' | 'level' = 'choice',
  ): Word | undefined => {
    const word = textOf(at);
    if (word === undefined) return undefined;
    const known = words.find((each) => each === word);
    if (known === undefined) {
      const wanted = words.map((each) => `"${each}"`).join(', ');
      found.push({ kind, word, ...near(word, words), wanted, span: at.span });
    }
    return known;
  };
  const listOf = (at: Node, one: (item: Node) => string | undefined): string[] | undefined => {
    if (at.kind !== 'array') {
      wrongType(at, 'array of strings');
      return undefined;
    }
    const words = at.items.flatMap((item) => one(item) ?? []);
    // A list of nothing but mistakes must not mean "nothing".
    return words.length === 0 && at.items.length > 0 ? undefined : words;
  };
  const known = (word: string, words: readonly string[], span: Span): string | undefined => {
    if (words.includes(word)) return word;
    found.push({ kind: 'rule', word, ...near(word, words), span });
    return undefined;
  };
  const selector = (at: Node) => {
    const word = textOf(at);
    return word === undefined ? undefined : known(word, selectors, at.span);
  };
  const tableOf = <Value>(at: Node, one: (name: string, key: Span, value: Node) => Value) => {
    if (at.kind !== 'table') {
      wrongType(at, 'table');
      return undefined;
    }
    const read = at.entries.map(({ name, key, value }) => [name, one(name, key, value)] as const);
    return Object.fromEntries(
      read.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  };

  const readers: { readonly [K in Key]: (at: Node) => Config[K] | undefined } = {
    preset: (at) => oneOf(at, PRESETS),
    ruff: (at) => oneOf(at, RUFF_MODES),
    select: (at) => listOf(at, selector),
    ignore: (at) => listOf(at, selector),
    exclude: (at) => listOf(at, textOf),
    levels: (at) =>
      tableOf(at, (name, key, value) => {
        const level = oneOf(value, CONFIG_LEVELS, 'level');
        return known(name, names, key) === undefined ? undefined : level;
      }),
    perFileIgnores: (at) => tableOf(at, (_, __, value) => listOf(value, selector)),
  };
  const set = <K extends Key>(key: K, at: Node) => {
    const value = readers[key](at);
    if (value !== undefined) config[key] = value;
  };

  if (node.kind !== 'table') {
    wrongType(node, 'table');
    return { config: undefined, found };
  }
  for (const { name, key, value } of node.entries) {
    const meant = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (meant !== undefined) set(meant, value);
    else found.push({ kind: 'key', word: name, ...near(name, Object.keys(keys)), span: key });
  }
  return { config, found };
}

function near(word: string, words: readonly string[]): { readonly nearest?: string } {
  const nearest = nearestWord(word, words);
  return nearest === undefined ? {} : { nearest };
}

function createRanges(text: string) {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '\n' || (text[index] === '\r' && text[index + 1] !== '\n')) {
      starts.push(index + 1);
    }
  }
  const placeOf = (offset: number): Place => {
    let line = starts.length - 1;
    while (line > 0 && (starts[line] ?? 0) > offset) line--;
    return { line, character: offset - (starts[line] ?? 0) };
  };
  return ({ start, end }: Span) => ({ start: placeOf(start), end: placeOf(end) });
}
