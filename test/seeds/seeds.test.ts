import { readFileSync } from 'node:fs';
import { describe, expect, it, type TestContext } from 'vitest';
import { RULES } from '../../server/src/rules/index.ts';
import { wasmParser } from '../support/parser.ts';
import { openWorkspace, pathOf } from '../support/workspace.ts';
import { pythonBlocks } from './extract.ts';
import { type Analyse, departures, guides, type Table } from './table.ts';

const parser = await wasmParser();
const implemented: readonly string[] = RULES.map((rule) => rule.name);

/** Each block is a project of one file. */
const analyse: Analyse = (code) => {
  const workspace = openWorkspace(parser, { 'main.py': code });
  return workspace
    .diagnose(pathOf('main.py'))
    .map(({ range, rule, level }) => ({ line: range.start.line + 1, rule, level }));
};

const table: Table = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8'));

/** The documents' blocks by document, or a skipped test that says why. */
function blocksOf({ skip, task }: TestContext) {
  const found = guides();
  if ('documents' in found) return found.documents;
  // The reporter shows a skipped test's reason only when it is asked for details.
  console.warn(`Skipped "${task.name}": ${found.absent}.`);
  return skip(found.absent);
}

describe('the guide documents', () => {
  it('have exactly the Python blocks that the table speaks of', (context) => {
    const documents = blocksOf(context);
    const inDocuments = Object.keys(table.documents).map((id) => [
      id,
      documents.get(id)?.map(({ sha256 }) => sha256.slice(0, 12)),
    ]);
    const inTable = Object.entries(table.documents).map(([id, blocks]) => [
      id,
      Object.keys(blocks),
    ]);
    expect(inDocuments).toEqual(inTable);
  });

  it('give the findings of the table, and no others', (context) => {
    const documents = blocksOf(context);
    const said: string[] = [];
    for (const [id, expectations] of Object.entries(table.documents)) {
      for (const { index, startLine, sha256, code } of documents.get(id) ?? []) {
        const must = expectations[sha256.slice(0, 12)]?.must ?? [];
        for (const departure of departures(analyse(code), must, implemented)) {
          said.push(`${id}, block ${index} at line ${startLine}, ${departure}`);
        }
      }
    }
    expect(said).toEqual([]);
  });
});

describe('the table', () => {
  const expectations = Object.values(table.documents).flatMap((blocks) => Object.values(blocks));

  it('gives each finding a rule, a level, a line and a reason', () => {
    expect(expectations.length).toBeGreaterThan(30);
    for (const { why, must, needs = [] } of expectations) {
      expect(why).not.toBe('');
      for (const finding of [...must, ...needs]) {
        expect(finding.rule).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
        expect(finding.line).toBeGreaterThan(0);
        expect(finding.why).not.toBe('');
      }
      for (const { level } of must) expect(level).toMatch(/^(hint|info|warning|error)$/);
    }
  });

  it('knows of no blocking call and no query in a loop', () => {
    const rules = new Set(expectations.flatMap(({ must }) => must.map(({ rule }) => rule)));
    const absent = table.firstSet.filter((rule) => !rules.has(rule));
    expect(absent).toEqual([
      'async/blocking-sleep',
      'async/blocking-http',
      'database/n-plus-one',
      'response/exception-returned',
    ]);
  });
});

describe('departures', () => {
  const must = [{ line: 2, rule: 'a/b', level: 'warning' }];

  it('are none when what must be found is found, and rules that are not implemented say nothing', () => {
    expect(departures(must, must, ['a/b'])).toEqual([]);
    expect(departures([{ line: 2, rule: 'a/b', level: 'error' }], must, ['a/b'])).toEqual([]);
    expect(departures([{ line: 1, rule: 'c/d', level: 'error' }, ...must], must, [])).toEqual([]);
  });

  it('are what is missing, too low, in the wrong place or said twice', () => {
    const at = (line: number, level = 'warning') => ({ line, rule: 'a/b', level });
    const depart = (...found: ReturnType<typeof at>[]) => departures(found, must, ['a/b']);
    expect(depart()).toEqual(['line 2: a/b (warning) is missing']);
    expect(depart(at(2, 'info'))).toEqual(['line 2: a/b is info, not warning']);
    expect(depart(at(3))).toEqual([
      'line 2: a/b (warning) is missing',
      'line 3: a/b (warning) is not expected',
    ]);
    expect(depart(at(2), at(2))).toEqual(['line 2: a/b (warning) is not expected']);
  });
});

describe('the Python blocks of a text', () => {
  const blocks = (...lines: string[]) =>
    pythonBlocks(lines.join('\n')).map(({ index, startLine, code }) => [index, startLine, code]);

  it('are numbered, placed and free of the indentation of their list', () => {
    const list = ['- item', '  ```python', '  def f():', '', '      return 1', '  ```'];
    const text = ['```python', 'x = 1', '```', '```bash', 'ls', '```', ...list];
    expect(blocks(...text)).toEqual([
      [0, 2, 'x = 1\n'],
      [1, 9, 'def f():\n\n    return 1\n'],
    ]);
  });

  it('end only at a fence of their own kind, or with the text', () => {
    expect(blocks('````python', '```', '````')).toEqual([[0, 2, '```\n']]);
    expect(blocks('```text', '```python', '```')).toEqual([]);
    expect(blocks('```python', 'x = 1')).toEqual([[0, 2, 'x = 1\n']]);
    expect(blocks('```python3', 'x', '```', '~~~python title="x"', 'y', '~~~')).toEqual([
      [0, 5, 'y\n'],
    ]);
  });

  it('are told apart by their code, whatever the ends of their lines', () => {
    const [one] = pythonBlocks('```python\nx = 1\n```');
    const [two] = pythonBlocks('text\r\n```python\r\nx = 1\r\n```\r\n');
    expect(one?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(two?.sha256).toBe(one?.sha256);
  });
});
