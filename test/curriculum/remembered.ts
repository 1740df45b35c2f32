/** What was seen for the very same content, kept in a folder; without one only for as long as this runs. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Remembered {
  /** `key` names everything that the result depends on. */
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
}

const MONTH = 30 * 24 * 60 * 60 * 1000;

export function rememberIn(folder: string | undefined): Remembered {
  if (folder === undefined) return new Map<string, unknown>();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (Date.now() - statSync(file).mtimeMs > MONTH) rmSync(file, { force: true });
  }
  const fileOf = (key: string) => path.join(folder, `${key}.json`);
  return {
    get(key) {
      try {
        return JSON.parse(readFileSync(fileOf(key), 'utf8'));
      } catch {
        return undefined; // Not there, or half written by a run that was ended.
      }
    },
    set: (key, value) => writeFileSync(fileOf(key), JSON.stringify(value)),
  };
}

/** Of texts and maps of texts. */
export function keyOf(...parts: readonly (string | ReadonlyMap<string, string>)[]): string {
  const plain = parts.map((part) => (typeof part === 'string' ? part : [...part].sort()));
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex');
}
