import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { missingProofs, type Proof, proofOf, runProofs } from './proofs.mjs';

/** Making the Python environment for the first time downloads some 50 MB. */
const timeout = 10 * 60_000;

const rules = join(dirname(fileURLToPath(import.meta.url)), '../../server/src/rules');

function proofsOfPages(): Proof[] {
  const pages = globSync('*/*.md', { cwd: rules }).filter((page) => !page.endsWith('.ko.md'));
  return pages.sort().flatMap((page) => {
    const name = page.slice(0, -'.md'.length).replaceAll('\\', '/');
    return proofOf(name, readFileSync(join(rules, page), 'utf8')) ?? [];
  });
}

describe('the proofs of the rule pages', () => {
  it('all hold under the installed FastAPI', { timeout }, async () => {
    expect(existsSync(rules)).toBe(true);
    const results = await runProofs(proofsOfPages());
    const failed = results.filter(({ passed }) => !passed);
    expect(failed.map(({ name, output }) => `${name}\n${output}`).join('\n\n')).toBe('');
  });
});

describe('the runner', () => {
  const example = (name: string, answer: string, proof: string): Proof => ({
    name,
    files: { 'bad.py': `answer = ${answer}\n` },
    proof,
  });

  it('tells true proofs from false ones, each with its own modules', { timeout }, async () => {
    const test = 'import bad\n\ndef test():\n    import bad as again\n';
    const results = await runProofs([
      example('true', '1', `${test}    assert bad.answer == again.answer == 1\n`),
      example('true/too', '2', `${test}    assert bad.answer == again.answer == 2\n`),
      example('false', '3', `${test}    assert again.answer == 1\n`),
      example('half', '4', `${test}\ndef test_more():\n    assert bad.answer == 5\n`),
      example('broken', '5', 'import nothing_of_that_name\n'),
      example('empty', '6', 'import bad\n'),
      example('skipped', '7', 'import pytest\n\ndef test():\n    pytest.skip("later")\n'),
      example('expected', '8', 'import pytest\n\n@pytest.mark.xfail\ndef test():\n    assert 0\n'),
      example('async', '9', 'import bad\n\nasync def test():\n    assert bad.answer == 1\n'),
      example('deadly', '10', 'import os\n\ndef test():\n    os._exit(0)\n'),
    ]);
    const passed = results.filter((result) => result.passed).map(({ name }) => name);
    expect(passed).toEqual(['true', 'true/too']);
    const output = Object.fromEntries(results.map((result) => [result.name, result.output]));
    expect(output.false).toContain('assert 3 == 1');
    expect(output.half).toContain('assert 4 == 5');
    expect(output.broken).toContain('nothing_of_that_name');
    expect(output.empty).toContain('No test of this proof was run');
    expect(output.async).toContain('assert 9 == 1');
    expect(output.deadly).toContain('No test of this proof was run');
  });

  it('runs examples of several files', { timeout }, async () => {
    const page = [
      '```python bad',
      '# file: app/main.py',
      'from .db import name',
      '# file: app/db.py',
      'name = "bad"',
      '```',
      '```python good',
      'name = "good"',
      '```',
      '```python good',
      'name = "better"',
      '```',
      '```python proof',
      'from bad.app.main import name',
      'import good, good_2',
      'def test():',
      '    assert [name, good.name, good_2.name] == ["bad", "good", "better"]',
      '```',
    ].join('\n');
    const proof = proofOf('category/rule', page);
    expect(proof && (await runProofs([proof]))).toEqual([
      { name: 'category/rule', passed: true, output: '' },
    ]);
  });

  it('names the rules that ought to have a proof and have none', () => {
    expect(proofOf('a/without', '```python bad\nx = 1\n```\n')).toBeUndefined();
    expect(missingProofs(['a/with', 'a/without'], [{ name: 'a/with' }])).toEqual(['a/without']);
  });
});
