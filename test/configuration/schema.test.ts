import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { RULES } from '../../server/src/rules/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const json = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const settings = json('package.json').contributes.configuration.properties;
const texts = [json('package.nls.json'), json('package.nls.ko.json')];

test('the settings in package.json are what the rules say', () => {
  const script = path.join('client', 'scripts', 'generate.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('every rule can be chosen and has a level, with what it finds beside it', () => {
  const levels = settings['fastapiMentor.levels'].properties;
  expect(Object.keys(levels)).toEqual(RULES.map(({ name }) => name));
  for (const key of ['fastapiMentor.select', 'fastapiMentor.ignore']) {
    expect(settings[key].items.enum).toEqual(
      expect.arrayContaining(['all', 'async', ...RULES.map(({ name }) => name)]),
    );
  }
});

test('every text is there in both languages', () => {
  const tokens = JSON.stringify(settings).match(/%[^"]+?%(?=")/g) ?? [];
  expect(tokens.length).toBeGreaterThan(RULES.length);
  for (const token of new Set(tokens)) {
    // What VS Code takes for a token.
    expect(token).toMatch(/^%[\w\d.-]+%$/);
    for (const language of texts) expect(language).toHaveProperty([token.slice(1, -1)]);
  }
});

test('all of them are resolved by resource', () => {
  for (const [name, setting] of Object.entries<{ scope: string }>(settings)) {
    if (name !== 'fastapiMentor.trace.server') expect(setting.scope, name).toBe('resource');
  }
});
