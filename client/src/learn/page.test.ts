import { expect, test } from 'vitest';
import { commandUri, glossaryAt, pageOf, type Resources, rulePageOf } from './page.ts';

const files: Readonly<Record<string, string>> = {
  'media/loop.svg':
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" role="img" aria-label="Old">\n\n  <rect/>\n</svg>\n',
  'examples/a.py': 'print("```")\n',
  'examples/a.out': 'done\n',
};
const resources: Resources = {
  textOf: (file) => files[file],
  exercises: 'EXERCISES',
  buttonsOf: (example) => `BUTTONS ${example}`,
};
const page = (markdown: string) => pageOf(markdown, resources);

test('links become commands', () => {
  expect(page('See [it](rule:async/blocking-chain).')).toBe(
    'See [it](command:fastapiMentor.showRule?%5B%22async%2Fblocking-chain%22%5D).',
  );
  expect(page('[a](lesson:expert/04-async) [b](term:event-loop)')).toContain('openGlossary');
  expect(page('[docs](https://fastapi.tiangolo.com/async/)')).toBe(
    '[docs](https://fastapi.tiangolo.com/async/)',
  );
});

test('what is code stays code', () => {
  const code = '```md\n[it](rule:async/x)\n![a](media/loop.svg)\n```\n';
  expect(page(code)).toBe(code);
  expect(page(`${code}\n[it](rule:async/x)`)).toContain('command:fastapiMentor.showRule');
});

test('a drawing is part of the page, with its words', () => {
  const shown = page('![Two "lines" & more](media/loop.svg)');
  expect(shown).toBe(
    '<div class="picture"><svg role="img" aria-label="Two &quot;lines&quot; &amp; more" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"> <rect/> </svg></div>',
  );
  expect(page('![x](media/none.svg)')).toBe('![x](media/none.svg)');
});

test('markers', () => {
  expect(page('<!-- exercises -->')).toBe('EXERCISES');
  expect(page('<!-- output: a.py -->')).toBe('```text\ndone\n```');
  expect(page('<!-- example: a.py -->')).toBe('````python\nprint("```")\n````\n\nBUTTONS a.py');
  expect(page('<!-- example: none.py -->')).toBe('');
});

test('arguments of a command never end its link', () => {
  expect(commandUri('a.b', 'x (y)')).toBe('command:a.b?%5B%22x%20%28y%29%22%5D');
  expect(commandUri('a.b')).toBe('command:a.b');
});

test('the glossary has the term that was asked for in front', () => {
  const text = '# G\n\n## A\n\n<a id="a"></a>\n\none\n\n## B\n\n<a id="b"></a>\n\ntwo\n';
  expect(glossaryAt(text, 'b').indexOf('two')).toBeLessThan(glossaryAt(text, 'b').indexOf('one'));
  expect(glossaryAt(text, 'b').startsWith('# G')).toBe(true);
  expect(glossaryAt(text, undefined)).toBe(text);
  expect(glossaryAt(text, 'none')).toBe(text);
});

test('a rule’s page: its files become commands', () => {
  const of = (link: string) => rulePageOf(`[a](${link})`, 'async/blocking-chain');
  const lesson = '[a](command:fastapiMentor.openLesson?%5B%22expert%2F04-async%22%5D)';
  expect(of('../../../../walkthroughs/expert/04-async/lesson.md')).toBe(lesson);
  expect(of('../../../../walkthroughs/expert/04-async/lesson.nls.ko.md')).toBe(lesson);
  const rule = '[a](command:fastapiMentor.showRule?%5B%22database%2Fn-plus-one%22%5D)';
  expect(of('../database/n-plus-one.md')).toBe(rule);
  expect(of('../database/n-plus-one.ko.md')).toBe(rule);
  expect(of('https://fastapi.tiangolo.com/async/')).toContain('(https://');
});
