/** What a project's ruff configuration enables, as far as the codes go that we care for. */
import picomatch from 'picomatch/posix.js';
import { RUFF_DEFAULTS } from '../knowledge/ruff.ts';
import { createMatcher, decoded, type Matcher } from './config-globs.ts';
import { entryAt, type Node, parseToml } from './config-tree.ts';
import { compareVersions } from './specifier.ts';

/** Selectors are codes or their beginnings (`ASYNC`, `ASYNC2`, `ASYNC210`) or `ALL`. */
export interface RuffConfig {
  /** Undefined: ruff's own choice. */
  readonly select?: readonly string[];
  readonly extendSelect: readonly string[];
  readonly ignore: readonly string[];
  readonly perFileIgnores: readonly (readonly [glob: string, selectors: readonly string[]])[];
  /** Globs of files that ruff does not look at. */
  readonly exclude: readonly string[];
  /** Another file that this one adds to, as it is written. */
  readonly extend?: string;
  readonly requiredVersion?: string;
}

export interface RuffLayer {
  readonly folder: string;
  readonly config: RuffConfig;
}

/** The configuration in a `pyproject.toml`, `ruff.toml` or `.ruff.toml`; undefined when there is none in it. */
export function readRuffConfig(text: string, isPyproject: boolean): RuffConfig | undefined {
  const parsed = parseToml(text);
  if (parsed.kind === 'broken') return undefined;
  const root = isPyproject ? entryAt(parsed.root, 'tool', 'ruff')?.value : parsed.root;
  if (root === undefined) return undefined;
  const lint = entryAt(root, 'lint')?.value;
  // The linter's options may also stand at the top, as they once did.
  const node = (name: string) => (lint && entryAt(lint, name)?.value) ?? entryAt(root, name)?.value;
  const select = node('select');
  const extend = stringOf(entryAt(root, 'extend')?.value);
  const requiredVersion = stringOf(entryAt(root, 'required-version')?.value);
  return {
    ...(select?.kind === 'array' && { select: listOf(select) }),
    extendSelect: listOf(node('extend-select')),
    ignore: [...listOf(node('ignore')), ...listOf(node('extend-ignore'))],
    perFileIgnores: [node('per-file-ignores'), node('extend-per-file-ignores')].flatMap(pairsOf),
    exclude: [
      ...listOf(entryAt(root, 'exclude')?.value),
      ...listOf(entryAt(root, 'extend-exclude')?.value),
      ...listOf(lint && entryAt(lint, 'exclude')?.value),
    ],
    ...(extend !== undefined && { extend }),
    ...(requiredVersion !== undefined && { requiredVersion }),
  };
}

/** A configuration on top of the one that it extends. */
export function extendRuff(base: RuffConfig, own: RuffConfig): RuffConfig {
  const { select = base.select, requiredVersion = base.requiredVersion } = own;
  return {
    // A `select` of its own starts anew.
    ...(select !== undefined && { select }),
    extendSelect: [...(own.select === undefined ? base.extendSelect : []), ...own.extendSelect],
    ignore: [...(own.select === undefined ? base.ignore : []), ...own.ignore],
    perFileIgnores: [...base.perFileIgnores, ...own.perFileIgnores],
    exclude: [...base.exclude, ...own.exclude],
    ...(requiredVersion !== undefined && { requiredVersion }),
  };
}

/** `version` is ruff's as the project pins it; unknown when it does not. */
export interface RuffRun {
  readonly layer: RuffLayer;
  readonly version: string | undefined;
}

/** Whether ruff looks for this code in this file. Where it cannot be told, it does not. */
export function isEnabledInRuff({ layer, version }: RuffRun, code: string, path: string): boolean {
  const { config, folder } = layer;
  return (
    isChosen(config, version, code) &&
    !globsOf(config.exclude, folder)(path) &&
    !config.perFileIgnores.some(
      ([glob, selectors]) =>
        selectors.some((selector) => speaksOf(selector, code) >= 0) && isMeant(glob, folder, path),
    )
  );
}

function isChosen(config: RuffConfig, version: string | undefined, code: string): boolean {
  const strongest = (selectors: readonly string[]) =>
    Math.max(-1, ...selectors.map((selector) => speaksOf(selector, code)));
  const byDefault = config.select === undefined && isDefault(code, version ?? bound(config));
  const chosen = Math.max(
    strongest([...(config.select ?? []), ...config.extendSelect]),
    byDefault ? 0 : -1,
  );
  return chosen >= 0 && strongest(config.ignore) < chosen;
}

/** How exactly a selector speaks of a code; -1 not at all. `D` is not the beginning of `DTZ003`. */
function speaksOf(selector: string, code: string): number {
  if (selector === 'ALL') return 0;
  const isSameLinter = /^[A-Z]+/.exec(selector)?.[0] === /^[A-Z]+/.exec(code)?.[0];
  return isSameLinter && code.startsWith(selector) ? selector.length : -1;
}

function isDefault(code: string, version: string | undefined): boolean {
  const { since, codes } = RUFF_DEFAULTS;
  return version !== undefined && compareVersions(version, since) >= 0 && codes.has(code);
}

/** The lowest version that `required-version` lets through. */
function bound({ requiredVersion = '' }: RuffConfig): string | undefined {
  return /^\s*(?:==|>=|~=)?\s*(\d+(?:\.\d+)*)/.exec(requiredVersion)?.[1];
}

const matchers = new WeakMap<readonly string[], Matcher>();

function globsOf(globs: readonly string[], folder: string): Matcher {
  const known = matchers.get(globs);
  if (known !== undefined) return known;
  const made = createMatcher(globs, folder);
  matchers.set(globs, made);
  return made;
}

/** As ruff has it: the name alone or the whole path must match, `*` crosses folders, `!` turns it around. */
function isMeant(written: string, folder: string, path: string): boolean {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  if (!path.startsWith(prefix)) return false;
  const isNegated = written.startsWith('!');
  const glob = (isNegated ? written.slice(1) : written).replace(/^\.\//, '');
  const isMatch = picomatch(glob, { dot: true, bash: true, nonegate: true });
  const relative = decoded(path, prefix);
  const matches = isMatch(relative) || isMatch(relative.slice(relative.lastIndexOf('/') + 1));
  return matches !== isNegated;
}

function stringOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function listOf(node: Node | undefined): readonly string[] {
  if (node?.kind !== 'array') return [];
  return node.items.flatMap((item) => stringOf(item) ?? []);
}

function pairsOf(node: Node | undefined): (readonly [string, readonly string[]])[] {
  if (node?.kind !== 'table') return [];
  return node.entries.map(({ name, value }) => [name, listOf(value)] as const);
}
