import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const readSource = () =>
  globSync('client/src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .map(read)
    .join('\n');
const readKeys = (file: string) => Object.keys(JSON.parse(read(file))).sort();

test('every string of the client has a Korean one, and no other', () => {
  const source = readSource();
  const used = [...source.matchAll(/l10n\.t\(\s*'((?:\\.|[^'\\])*)'/g)].map((match) => match[1]);
  expect(used.length).toBe([...source.matchAll(/l10n\.t\(/g)].length);
  expect([...new Set(used)].sort()).toEqual(readKeys('client/l10n/bundle.l10n.ko.json'));
});

test('every string of the manifest is there in both languages, and no other', () => {
  const used = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]);
  const unique = [...new Set(used)].sort();
  expect(readKeys('package.nls.json')).toEqual(unique);
  expect(readKeys('package.nls.ko.json')).toEqual(unique);
});

test('Korean strings keep their placeholders', () => {
  const korean: Record<string, string> = JSON.parse(read('client/l10n/bundle.l10n.ko.json'));
  const placeholders = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort();
  for (const [english, translation] of Object.entries(korean)) {
    expect(placeholders(translation), english).toEqual(placeholders(english));
  }
});

test('every command of the manifest is registered, and no other', () => {
  const manifest = JSON.parse(read('package.json'));
  const declared = manifest.contributes.commands.map((each: { command: string }) => each.command);
  const source = readSource();
  const named = new Map(
    [...source.matchAll(/const (\w+) = '(fastapiMentor\.\w+)'/g)].map((match) => [
      match[1],
      match[2],
    ]),
  );
  const registered = [...source.matchAll(/\bregister(?:Command)?\(\s*(?:'([^']+)'|(\w+))/g)].map(
    ([, literal, name]) => literal ?? named.get(name),
  );
  expect(registered.sort()).toEqual(declared.sort());
});
