/** Every block of the rules' pages, and of the further cases beside this file. The format: README.md. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../server/src/rules/index.ts';
import { type Case, CaseError, casesOf } from './cases.ts';
import { check, loadParser, type Problem } from './check.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parser = await loadParser();
const names = RULES.map(({ name }) => name);

const pages = globSync('server/src/rules/*/*.md', { cwd: root })
  .filter((path) => !path.endsWith('.ko.md'))
  .map((path) => ({ path, rule: path.slice('server/src/rules/'.length, -'.md'.length) }));
const cases = globSync('test/rules/*.md', { cwd: root })
  .filter((path) => !path.endsWith('README.md'))
  .map((path) => ({ path, rule: path.slice('test/rules/'.length, -'.md'.length) }))
  .map(({ path, rule }) => ({ path, rule: rule.replace('-', '/') }));

for (const { path, rule } of [...pages, ...cases].sort((a, b) => a.path.localeCompare(b.path))) {
  describe(path, () => {
    it('is named after a rule', () => expect(names).toContain(rule));
    const [read, mistake] = readCases(path);
    it('can be read', () => report(path, mistake));
    for (const one of read) {
      it(titleOf(one), async () => {
        const problems = await check(parser, rule, one);
        if (!one.isGap) return report(path, problems);
        if (problems.length === 0)
          return report(path, [
            { line: one.line, text: 'this gap is closed: move it to the other cases' },
          ]);
        console.warn(
          `${path}:${one.line}: ${one.headings.at(-1)}\n${problems.map(({ text }) => text).join('\n')}`,
        );
      });
    }
  });
}

function readCases(path: string): [readonly Case[], readonly Problem[]] {
  try {
    return [casesOf(readFileSync(join(root, path), 'utf8')), []];
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    return [[], [{ line: error.line, text: error.message }]];
  }
}

function titleOf({ line, headings }: Case): string {
  return `line ${line}: ${headings.at(-1) ?? 'no heading'}`;
}

/** Fails with each problem under its place; a terminal makes a link of the first. */
function report(path: string, problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const said = problems.map(({ line, text }) => `${path}:${line}\n${text}`).join('\n\n');
  const error = new Error(`not as the page says\n\n${said}\n`);
  error.stack = `${error.name}: ${error.message}\n    at page (${join(root, path)}:${first.line}:1)`;
  throw error;
}
