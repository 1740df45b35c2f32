/** What is known of an installed version. */
export interface VersionRange {
  /** The version itself, or the highest that the range allows (`0.109.9999` for `<0.110`). */
  readonly version: string;
  readonly exact: boolean;
  /** As it was written, for people. */
  readonly written: string;
}

export interface Requirement {
  /** Normalised: lower case, `-` for every run of `-`, `_` and `.`. */
  readonly name: string;
  readonly range: VersionRange | undefined;
}

/** Stands for "any number" in the open part of a highest version. */
const ANY = 9999;

/** The name of a package as PyPI compares it. */
export function normaliseName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[-_.]+/g, '-');
}

/** Reads a PEP 508 requirement (`fastapi[standard]>=0.100,<0.110; python_version > "3.8"`); undefined if it is none. */
export function parseRequirement(line: string): Requirement | undefined {
  const match =
    /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*\(?([^;@#)]*)\)?/.exec(line);
  const name = match?.[1];
  if (name === undefined) return undefined;
  return { name: normaliseName(name), range: rangeOf(match?.[2] ?? '') };
}

/** Reads PEP 440 clauses and Poetry's `^`, `~` and bare versions. Undefined when nothing bounds the version from above. */
export function rangeOf(specifier: string): VersionRange | undefined {
  const written = specifier.trim();
  // Poetry's `||` allows several ranges: the last one is the highest by custom, but nobody promises it.
  if (written === '' || written.includes('|')) return undefined;
  const bounds: { version: string; exact: boolean }[] = [];
  for (const clause of written.split(/[,\s]+(?=[<>=!~^\d])|,/)) {
    const bound = upperBound(clause.trim());
    if (bound !== undefined) bounds.push(bound);
  }
  const lowest = bounds.sort((left, right) => compareVersions(left.version, right.version))[0];
  return lowest && { ...lowest, written };
}

function upperBound(clause: string): { version: string; exact: boolean } | undefined {
  const match = /^(===|==|~=|<=|<|>=|>|!=|\^|~|=)?\s*v?(\d+(?:\.\d+)*)([^,\s]*)$/.exec(clause);
  if (match === null) return undefined;
  const [, operator = '==', release = '', suffix = ''] = match;
  const parts = release.split('.').map(Number);
  if (suffix === '.*') return operator === '==' ? open(parts) : undefined;
  switch (operator) {
    case '=':
    case '==':
    case '===':
      return { version: release + suffix, exact: true };
    case '<=':
      return { version: release, exact: false };
    case '<':
      return below(parts);
    case '~=':
      return open(parts.slice(0, -1));
    case '~':
      return open(parts.length > 1 ? parts.slice(0, 2) : parts);
    case '^':
      return open(caretPrefix(parts));
    default:
      return undefined;
  }
}

/** Any version that starts with `prefix`. */
function open(prefix: readonly number[]) {
  if (prefix.length === 0) return undefined;
  const parts = [...prefix];
  while (parts.length < 3) parts.push(ANY);
  if (parts.length === prefix.length) parts.push(ANY);
  return { version: parts.join('.'), exact: false };
}

/** The highest version below `parts`: `0.110` and `0.110.0` give `0.109.9999`. */
function below(parts: readonly number[]) {
  const end = parts.findLastIndex((part) => part > 0);
  const last = parts[end];
  if (last === undefined) return undefined;
  return open([...parts.slice(0, end), last - 1]);
}

/** Poetry's caret holds everything up to and with the first number that is not zero. */
function caretPrefix(parts: readonly number[]) {
  const first = parts.findIndex((part) => part > 0);
  return first === -1 ? parts : parts.slice(0, first + 1);
}

/** Orders by release numbers; pre-release suffixes count as equal. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [releaseOf(left), releaseOf(right)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function releaseOf(version: string): readonly number[] {
  return (/^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
}
