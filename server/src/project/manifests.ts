import { parse } from 'smol-toml';
import { normaliseName, parseRequirement, type Requirement, rangeOf } from './specifier.ts';

/**
 * Each reader takes a manifest's text and gives what it requires, in its order. They throw on a text that is not what
 * its name says; an unexpected shape inside it is passed over.
 */
export type ManifestReader = (text: string) => readonly Requirement[];

type Table = Readonly<Record<string, unknown>>;

/** PEP 621 dependencies, optional ones and dependency groups (PEP 735), and Poetry's own tables. */
export const readPyproject: ManifestReader = (text) => {
  const document = parse(text);
  const project = table(document.project);
  const poetry = table(table(document.tool).poetry);
  const specifiers = [
    ...list(project.dependencies),
    ...values(project['optional-dependencies']).flatMap(list),
    ...values(document['dependency-groups']).flatMap(list),
  ];
  const poetryTables = [
    table(poetry.dependencies),
    table(poetry['dev-dependencies']),
    ...values(poetry.group).map((group) => table(table(group).dependencies)),
  ];
  return [
    ...specifiers.flatMap((each) =>
      typeof each === 'string' ? (parseRequirement(each) ?? []) : [],
    ),
    ...poetryTables.flatMap((each) =>
      Object.entries(each).map(([name, value]) => ({
        name: normaliseName(name),
        range: rangeOf(poetrySpecifier(value)),
      })),
    ),
  ];
};

function poetrySpecifier(value: unknown): string {
  if (typeof value === 'string') return value;
  const version = table(value).version;
  return typeof version === 'string' ? version : '';
}

/** `uv.lock`, `poetry.lock` and `pdm.lock` all hold `[[package]]` tables. */
export const readTomlLock: ManifestReader = (text) =>
  list(parse(text).package).flatMap((each) => locked(table(each).name, table(each).version));

export const readPipfileLock: ManifestReader = (text) => {
  const document = table(JSON.parse(text));
  return ['default', 'develop'].flatMap((section) =>
    Object.entries(table(document[section])).flatMap(([name, entry]) => {
      const version = table(entry).version;
      return typeof version === 'string'
        ? { name: normaliseName(name), range: rangeOf(version) }
        : [];
    }),
  );
};

/** Lines of a requirements file; `included` are the files named by `-r` and `-c`. */
export function readRequirements(text: string): {
  readonly requirements: readonly Requirement[];
  readonly included: readonly string[];
} {
  const requirements: Requirement[] = [];
  const included: string[] = [];
  for (const raw of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    const include = /^(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)$/.exec(line)?.[1];
    if (include !== undefined) included.push(include);
    else if (line !== '' && !line.startsWith('-')) {
      const requirement = parseRequirement(line.replace(/\s--[\s\S]*$/, ''));
      if (requirement !== undefined) requirements.push(requirement);
    }
  }
  return { requirements, included };
}

/** The package of a `fastapi-0.115.0.dist-info` folder. */
export function readDistInfo(folder: string): readonly Requirement[] {
  const match = /^(.+)-([^-]+)\.dist-info$/.exec(folder);
  return match === null ? [] : locked(match[1], match[2]);
}

function locked(name: unknown, version: unknown): readonly Requirement[] {
  if (typeof name !== 'string' || typeof version !== 'string') return [];
  return [{ name: normaliseName(name), range: { version, exact: true, written: `==${version}` } }];
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Table)
    : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const values = (value: unknown): readonly unknown[] => Object.values(table(value));
