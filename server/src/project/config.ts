/** What a team may say about the rules, as plain data. Everything is optional: what is not said is the default. */

export const CONFIG_LEVELS = ['error', 'warning', 'info', 'hint', 'off'] as const;
export type ConfigLevel = (typeof CONFIG_LEVELS)[number];

export const PRESETS = ['recommended', 'strict'] as const;
export type Preset = (typeof PRESETS)[number];

/** `defer`: silent where the project's ruff reports the same. `ignore`: as if there were no ruff. */
export const RUFF_MODES = ['defer', 'ignore'] as const;
export type RuffMode = (typeof RUFF_MODES)[number];

/** A selector is the name of a rule (`async/blocking-sleep`), of a category (`async`) or `all`. */
export interface Config {
  readonly preset?: Preset;
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly levels?: Readonly<Record<string, ConfigLevel>>;
  readonly exclude?: readonly string[];
  readonly perFileIgnores?: Readonly<Record<string, readonly string[]>>;
  readonly ruff?: RuffMode;
}

/** What the configuration needs to know of a rule. */
export interface RuleInfo {
  readonly name: string;
  readonly level: ConfigLevel;
}

/** A configuration and the folder that its globs are relative to. */
export interface ConfigLayer {
  readonly folder: string;
  readonly config: Config;
}

/**
 * The level at which a rule's own findings are reported; `off` when they are not. A rule that is off by default comes
 * with the strict preset, with a level of its own, or when `select` has its full name.
 */
export function ruleLevel(config: Config, rule: RuleInfo): ConfigLevel {
  const own = config.levels?.[rule.name];
  if (own === 'off') return 'off';
  const selected = config.select === undefined ? 0 : strength(config.select, rule.name);
  if (selected === -1) return 'off';
  // As in ruff, what is said more exactly wins; said equally exactly, `ignore` does.
  if (strength(config.ignore ?? [], rule.name) >= selected) return 'off';
  if (own !== undefined) return own;
  if (rule.level !== 'off') return rule.level;
  return config.preset === 'strict' || selected === NAME ? 'info' : 'off';
}

const NAME = 2;

/** How exactly the selectors speak of a rule: 2 its name, 1 its category, 0 all rules; -1 not at all. */
function strength(selectors: readonly string[], rule: string): number {
  if (selectors.includes(rule)) return NAME;
  if (selectors.includes(categoryOf(rule))) return 1;
  return selectors.includes('all') ? 0 : -1;
}

/** Whether one of the selectors speaks of the rule. */
export const isSelected = (selectors: readonly string[], rule: string) =>
  strength(selectors, rule) >= 0;

export const categoryOf = (rule: string) => rule.slice(0, rule.indexOf('/'));

/**
 * The level of one finding. Rules speak more softly where less is at stake; a level that a team sets takes the place of
 * the rule's own, and such a finding stays as soft as it is, or becomes softer.
 */
export function findingLevel(
  configured: ConfigLevel,
  own: ConfigLevel,
  reported: ConfigLevel,
): ConfigLevel {
  if (configured === 'off') return 'off';
  const usual = own === 'off' ? 'info' : own;
  if (configured === usual) return reported;
  const isSofter = softness(reported) > softness(usual);
  return isSofter && softness(reported) > softness(configured) ? reported : configured;
}

const softness = (level: ConfigLevel) => CONFIG_LEVELS.indexOf(level);
