/** Where configuration acts: which rules speak about a file, and how loudly. No rule runs again for it. */

import { versionOf } from '../fastapi/versions.ts';
import { RUFF_ROWS } from '../knowledge/ruff.ts';
import {
  type ConfigLevel,
  findingLevel,
  isSelected,
  type RuleInfo,
  ruleLevel,
} from '../project/config.ts';
import {
  type Governing,
  governing,
  NO_CONFIGURATION,
  type RootConfiguration,
} from '../project/config-files.ts';
import { createMatcher, type Matcher } from '../project/config-globs.ts';
import { isEnabledInRuff } from '../project/config-ruff.ts';
import { rootPaths } from '../python/modules.ts';
import { defineInput, defineQuery, type Reader } from '../query/database.ts';
import { activeRules } from './active.ts';
import type { Diagnostic } from './diagnostic.ts';
import { ruffReports } from './ruff.ts';

/** By root path; what is said of no root, by the empty path. */
export const rootConfiguration = defineInput<RootConfiguration>('configuration', NO_CONFIGURATION);

/** By path: what holds for a file. */
const fileGoverning = defineQuery<Governing>('configuration of a file', (db, path) =>
  governing(db.get(rootConfiguration, rootOf(db, path)), path),
);

/** By path: the rules that are off by default and that somebody asked for here. Only they run for it. */
export const optInRules = defineQuery<readonly string[]>('opt-in rules', (db, path) => {
  const { config } = db.get(fileGoverning, path);
  return db
    .get(activeRules, '')
    .filter((rule) => rule.level === 'off' && ruleLevel(config, rule) !== 'off')
    .map(({ name }) => name);
});

/** Whether nothing is to be said about a file; it is part of the project all the same. */
export function isExcluded(db: Reader, path: string): boolean {
  const { config, excludeFolder } = db.get(fileGoverning, path);
  return config.exclude !== undefined && matcherOf(config.exclude, excludeFolder)(path);
}

/** The level at which a finding of a rule is reported in a file; `off` when it is not. */
function levelFor(db: Reader, path: string, rule: RuleInfo, reported: ConfigLevel): ConfigLevel {
  const { config, ignoresFolder } = db.get(fileGoverning, path);
  const configured = ruleLevel(config, rule);
  if (configured === 'off') return 'off';
  for (const [glob, selectors] of Object.entries(config.perFileIgnores ?? {})) {
    if (isSelected(selectors, rule.name) && globOf(glob, ignoresFolder)(path)) return 'off';
  }
  return findingLevel(configured, rule.level, reported);
}

/** What is left of a file's diagnostics, each at its level; without those that the project's ruff reports as well. */
export function applyConfiguration(
  db: Reader,
  path: string,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  const rules = new Map(db.get(activeRules, '').map((rule) => [rule.name, rule]));
  return diagnostics.flatMap((diagnostic) => {
    const rule = rules.get(diagnostic.rule);
    const level =
      rule === undefined ? diagnostic.level : levelFor(db, path, rule, diagnostic.level);
    if (level === 'off' || isLeftToRuff(db, path, diagnostic)) return [];
    return level === diagnostic.level ? diagnostic : { ...diagnostic, level };
  });
}

/** Whether ruff, as the project has it, reports the same finding. */
function isLeftToRuff(db: Reader, path: string, diagnostic: Diagnostic): boolean {
  const { config, ruff: layer } = db.get(fileGoverning, path);
  if (layer === null || config.ruff === 'ignore') return false;
  const version = versionOf(db, path, 'ruff');
  return RUFF_ROWS.some(
    (row) =>
      row.rule === diagnostic.rule &&
      row.codes.every((code) => isEnabledInRuff({ layer, version }, code, path)) &&
      ruffReports(db, path, row.when, diagnostic),
  );
}

/** The root that a file belongs to: the innermost; the empty path for a file of none. */
function rootOf(db: Reader, path: string): string {
  let best = '';
  for (const root of db.get(rootPaths, '')) {
    const isInside = path.startsWith(root.endsWith('/') ? root : `${root}/`);
    if (isInside && root.length > best.length) best = root;
  }
  return best;
}

const matchers = new WeakMap<readonly string[], { folder: string; matches: Matcher }>();

function matcherOf(globs: readonly string[], folder: string): Matcher {
  const known = matchers.get(globs);
  if (known?.folder === folder) return known.matches;
  const matches = createMatcher(globs, folder);
  matchers.set(globs, { folder, matches });
  return matches;
}

/** A handful of globs holds for thousands of findings. */
const single = new Map<string, Matcher>();

function globOf(glob: string, folder: string): Matcher {
  const key = `${folder}\n${glob}`;
  let matches = single.get(key);
  if (matches === undefined) {
    if (single.size > 500) single.clear();
    matches = createMatcher([glob], folder);
    single.set(key, matches);
  }
  return matches;
}
