/** Which functions a call runs, shape by shape: the ways that are told in the projects of call-graph.md. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blocksOf } from '../../client/scripts/markdown.mjs';
import { wasmParser } from '../support/parser.ts';
import { diagnoseAll, openWorkspace, pathOf } from '../support/workspace.ts';

const parser = await wasmParser();
const page = readFileSync(new URL('call-graph.md', import.meta.url), 'utf8');

const LEAF = `import requests


def fetch(url):
    return requests.get(url, timeout=1).text


def write(name):
    with open(name, "w") as file:
        return file.name
`;

const shapes = blocksOf(page).map(({ code, headings }) => ({
  title: headings.at(-1) ?? '',
  code: code.join('\n'),
}));

test('there are shapes', () => expect(shapes.length).toBeGreaterThan(15));

test.each(shapes)('$title', ({ code }) => {
  const files: Record<string, string> = { 'leaf.py': LEAF };
  const [main = '', ...named] = code.split(/^# file: (.+)\n/m);
  if (main.trim() !== '') files['main.py'] = main;
  for (let at = 0; at < named.length; at += 2) files[named[at] ?? ''] = named[at + 1] ?? '';
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replace(EXPECTED, '')]),
  );
  const found = Object.entries(diagnoseAll(openWorkspace(parser, texts))).flatMap(
    ([path, findings]) =>
      findings
        .filter(({ rule }) => rule.startsWith('async/'))
        .map(({ rule, range, data }) => {
          const way = String(data.chain ?? '').replace(/^`\S+ (.*)`$/, '$1');
          return `${path}:${range.start.line + 1} ${rule === 'async/blocking-chain' ? way : 'direct'}`;
        }),
  );
  const expected = Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const comment = EXPECTED_HERE.exec(line)?.[1];
      return comment === undefined ? [] : `${pathOf(path)}:${index + 1} ${comment}`;
    }),
  );
  expect(found.sort()).toEqual(expected.sort());
});

const EXPECTED = / {2}# (?:→ .*|direct)$/gm;
const EXPECTED_HERE = / {2}# (→ .*|direct)$/;
