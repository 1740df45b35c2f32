/** The words of a glance are looked for before its pattern: whatever text the pattern fits has one of them. */
import { expect, test } from 'vitest';
import '../../server/src/rules/index.ts';
import { definedGlances } from '../../server/src/syntax/glances.ts';
import { pythonFilesIn, ruleExamples } from '../support/files.ts';
import { pythonEnvironment } from './environment.mjs';

test('a pattern fits no text without its words: rule pages and the documentation', async () => {
  const { docsSrc } = await pythonEnvironment();
  const texts = [...ruleExamples(), ...pythonFilesIn(docsSrc)];
  const fitting = new Map<string, number>();
  const missed: string[] = [];
  for (const { pattern, words } of definedGlances())
    for (const { path, text } of texts) {
      if (words.length === 0 || !pattern.test(text)) continue;
      fitting.set(pattern.source, (fitting.get(pattern.source) ?? 0) + 1);
      if (!words.some((word) => text.includes(word))) missed.push(`${pattern} in ${path}`);
    }
  expect(missed).toEqual([]);
  // Nearly each of those with words is said somewhere, so that this compares something.
  expect(fitting.size).toBeGreaterThan(14);
});
