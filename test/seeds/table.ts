import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PythonBlock, pythonBlocks } from './extract.ts';

const levels = ['hint', 'info', 'warning', 'error'];

/** What the analyser says of a text: 1-based line, slug of the rule, level. */
export interface Finding {
  line: number;
  rule: string;
  level: string;
}

export type Analyse = (code: string) => readonly Finding[];

/** What expected.json says of a block. It was judged by hand, the block alone being the project. */
export interface Expectation {
  index: number;
  why: string;
  /** What must be found, at this level or above, and nothing else. */
  must: (Finding & { why: string })[];
  /** What must not be found only because the block does not define what `needs` names. */
  needs?: { line: number; rule: string; needs: string; why: string }[];
}

/** expected.json: document (8 hex digits of its SHA-256) → block (12 of its code's) → expectation. */
export interface Table {
  firstSet: string[];
  documents: Record<string, Record<string, Expectation>>;
}

/** The guide documents by the first 8 hex digits of their SHA-256, or the reason for their absence. */
export function guides(): { documents: Map<string, PythonBlock[]> } | { absent: string } {
  const beside = fileURLToPath(new URL('../../../shared/seeds', import.meta.url));
  const folder = process.env.FASTAPI_MENTOR_GUIDES ?? beside;
  if (!existsSync(folder)) {
    return { absent: `${folder} does not exist; FASTAPI_MENTOR_GUIDES can name another folder` };
  }
  const documents = new Map<string, PythonBlock[]>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(folder, entry.name));
    const id = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
    documents.set(id, pythonBlocks(bytes.toString('utf8')));
  }
  return { documents };
}

/** How findings depart from what must be found, one sentence each, for the implemented rules. */
export function departures(
  found: readonly Finding[],
  must: readonly Finding[],
  implemented: readonly string[],
): string[] {
  const rest = found.filter(({ rule }) => implemented.includes(rule));
  const said: string[] = [];
  for (const { line, rule, level } of must) {
    if (!implemented.includes(rule)) continue;
    const at = rest.findIndex((finding) => finding.line === line && finding.rule === rule);
    const [match] = at === -1 ? [] : rest.splice(at, 1);
    if (match === undefined) said.push(`line ${line}: ${rule} (${level}) is missing`);
    else if (levels.indexOf(match.level) < levels.indexOf(level)) {
      said.push(`line ${line}: ${rule} is ${match.level}, not ${level}`);
    }
  }
  for (const { line, rule, level } of rest) {
    said.push(`line ${line}: ${rule} (${level}) is not expected`);
  }
  return said;
}
