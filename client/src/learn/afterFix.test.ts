import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';

vi.mock('vscode', () => ({}));
const { provenWords, withWordAfter } = await import('./afterFix.ts');

const rules = path.resolve(import.meta.dirname, '../../../server/src/rules');
const read = (page: string) => readFileSync(path.join(rules, page), 'utf8');

test('every page with a proof has words for what was shown, in both languages', () => {
  const proved = globSync('*/*.md', { cwd: rules }).filter((page) =>
    /^```python proof$/m.test(read(page)),
  );
  expect(proved.length).toBeGreaterThan(20);
  for (const page of proved) {
    expect(provenWords(read(page)), page).toMatch(/\w/);
    expect(read(page.replace(/\.md$/, '.ko.md')), page).toMatch(/^# .+\n\n.+\n/m);
  }
});

test('a page without a proof has none', () => {
  expect(provenWords('# async/x\n\nSomething.\n')).toBeUndefined();
});

test('a fix says that it was applied, and nothing else does', () => {
  const diagnostics = [{ source: 'fastapi-mentor', code: { value: 'async/blocking-sleep' } }];
  const fix = { title: 'fix', edit: {}, isPreferred: true, diagnostics };
  const ignore = { title: 'ignore', edit: {}, diagnostics };
  const theirs = {
    title: 'theirs',
    edit: {},
    isPreferred: true,
    diagnostics: [{ source: 'ruff' }],
  };
  const actions = [fix, ignore, theirs] as unknown as Parameters<typeof withWordAfter>[0];
  withWordAfter(actions);
  expect(fix).toHaveProperty('command.arguments', ['async/blocking-sleep']);
  expect(ignore).not.toHaveProperty('command');
  expect(theirs).not.toHaveProperty('command');
  withWordAfter(undefined);
});
