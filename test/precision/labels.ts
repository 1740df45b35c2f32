/** What people judged, as files: `<category>-<rule>.json` of findings, `<category>-<rule>.must.json` of sites. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One place of one commit of a public repository. Facts only: no source text. */
export interface Site {
  readonly repository: string;
  readonly commit: string;
  /** From the root of the repository. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly rule: string;
  /** Of the trimmed line (`lineHash`): it is found again when lines move. */
  readonly hash?: string;
  readonly reason: string;
}

export interface Label extends Site {
  /** What the tool said when it was judged. */
  readonly level?: string;
  readonly verdict: Verdict;
  /** Of another judge, who did not see `verdict`. */
  readonly second?: Verdict;
  /** What both came to when they had read each other's reason. */
  readonly settled?: Verdict;
}

/** What holds in the end. */
export function judgementOf({ verdict, settled }: Label): Verdict {
  return settled ?? verdict;
}

export type Verdict = 'right' | 'wrong';

export interface Labels {
  readonly judged: readonly Label[];
  /** What has to be found, written down before the tool was asked. */
  readonly must: readonly Site[];
}

/** Throws for a file that is not what it should be. */
export function readLabels(folder = import.meta.dirname): Labels {
  const judged: Label[] = [];
  const must: Site[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    const entries: unknown = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
    if (!Array.isArray(entries)) throw new Error(`${name} is not an array`);
    for (const [index, entry] of entries.entries()) {
      const where = `${name}, entry ${index + 1}`;
      const site = readSite(entry, where);
      if (!name.startsWith(`${site.rule.replace('/', '-')}.`))
        throw new Error(`${where}: ${site.rule} belongs to another file`);
      if (name.endsWith('.must.json')) must.push(site);
      else judged.push(readLabel(entry, site, where));
    }
  }
  return { judged, must };
}

function readSite(entry: unknown, where: string): Site {
  const { line } = fieldsOf(entry);
  if (typeof line !== 'number') throw new Error(`${where}: "line" is not a number`);
  const text = (name: string) => textOf(entry, name, where);
  const hash = fieldsOf(entry).hash === undefined ? undefined : text('hash');
  return {
    repository: text('repository'),
    commit: text('commit'),
    path: text('path'),
    line,
    rule: text('rule'),
    ...(hash !== undefined && { hash }),
    reason: text('reason'),
  };
}

function readLabel(entry: unknown, site: Site, where: string): Label {
  const { level, second, settled } = fieldsOf(entry);
  return {
    ...site,
    verdict: verdictOf(entry, 'verdict', where),
    ...(typeof level === 'string' && { level }),
    ...(second !== undefined && { second: verdictOf(entry, 'second', where) }),
    ...(settled !== undefined && { settled: verdictOf(entry, 'settled', where) }),
  };
}

function verdictOf(entry: unknown, name: string, where: string): Verdict {
  const verdict = textOf(entry, name, where);
  if (verdict !== 'right' && verdict !== 'wrong')
    throw new Error(`${where}: "${name}" is neither right nor wrong`);
  return verdict;
}

function textOf(entry: unknown, name: string, where: string): string {
  const value = fieldsOf(entry)[name];
  if (typeof value !== 'string' || value === '') throw new Error(`${where}: "${name}" is missing`);
  return value;
}

function fieldsOf(entry: unknown): Readonly<Record<string, unknown>> {
  return typeof entry === 'object' && entry !== null ? { ...entry } : {};
}
