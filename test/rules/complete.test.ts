/** Every rule has its two pages, whole, and they say what the rule's metadata says. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lessonOfRule } from '../../server/src/curriculum/curriculum.ts';
import type { Rule } from '../../server/src/engine/rule.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { readSources } from '../curriculum/sources.ts';
import { missingProofs, proofOf } from '../python/proofs.mjs';
import { unseenEmphasis } from '../support/emphasis.ts';
import { type Case, casesOf } from './cases.ts';
import {
  factsOf,
  generatedFiles,
  type PageLanguage,
  pagePath,
  readPage,
  root,
} from './generated.ts';
import { namedLessons, withLessonLinks } from './lessons.ts';
import { chaptersOf, codeNames, headOf, markersOf, readKorean, SECTIONS } from './page.ts';

const curriculum = readSources();

it('rules are listed in the order of their names', () => {
  const names = RULES.map(({ name }) => name);
  expect(names).toEqual([...names].sort());
});

describe.each(RULES)('the pages of $name', (rule) => {
  const english = readPage(rule.name, 'en');
  const korean = readKorean(readPage(rule.name, 'ko'));

  it('begin with the name, a summary and the facts', () => {
    const [en, ko] = [headOf(english), headOf(korean.body)];
    expect([en.title, ko.title]).toEqual([rule.name, rule.name]);
    expect(en.facts).toBe(factsOf(rule, 'en'));
    expect(ko.facts).toBe(factsOf(rule, 'ko'));
  });

  it('have every section, with something in it', () => {
    for (const [page, language] of [
      [english, 'en'],
      [korean.body, 'ko'],
    ] as const) {
      const chapters = chaptersOf(page);
      const [proof] = SECTIONS[language].slice(5);
      const isProved = codeNames(english).includes('proof');
      const wanted = SECTIONS[language].filter((title) => isProved || title !== proof);
      expect(chapters.map(({ title }) => title)).toEqual(wanted);
      expect(chapters.filter(({ text }) => text === '').map(({ title }) => title)).toEqual([]);
    }
  });

  it('show a bad and a good example, the same in both languages', () => {
    const names = codeNames(english);
    expect(names).toContain('bad');
    expect(names).toContain('good');
    expect(markersOf(korean.body)).toEqual(names);
    expect(korean.body).not.toMatch(/^(?:```|~~~)/m);
  });

  it('have a Korean text for each message and each fix, with the same placeholders', () => {
    expect(placeholdersOf(korean.messages)).toEqual(placeholdersOf(rule.messages));
    const titles = Object.entries(rule.fixes).map(([id, { title }]) => [id, title]);
    expect(placeholdersOf(korean.fixes)).toEqual(placeholdersOf(Object.fromEntries(titles)));
    const texts = [...Object.values(korean.messages), ...Object.values(korean.fixes)];
    expect(texts.filter((text) => !/[가-힣]/.test(text))).toEqual([]);
  });

  it('name the same lessons', () => {
    const ids = (page: string, language: PageLanguage) =>
      namedLessons(page, language).map(({ id }) => id);
    expect(ids(english, 'en').length).toBeGreaterThan(0);
    expect(ids(korean.body, 'ko')).toEqual(ids(english, 'en'));
  });

  it('name the lesson that their findings lead to', () => {
    const lesson = lessonOfRule(curriculum, rule.name)?.id;
    const named = namedLessons(english, 'en').map(({ id }) => `${id}-`);
    if (lesson !== undefined) expect(named.filter((id) => lesson.startsWith(id))).toHaveLength(1);
  });

  it('link to nothing that is not there', () => {
    for (const text of [english, korean.body]) {
      const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
      const local = links.filter((target) => !target.startsWith('https://'));
      const folder = join(root, pagePath(rule.name, 'en'), '..');
      expect(local.filter((target) => !existsSync(join(folder, target)))).toEqual([]);
    }
  });

  it('have no emphasis that is shown as asterisks', () => {
    expect([english, korean.body].flatMap(unseenEmphasis)).toEqual([]);
  });

  it('with the further cases, show what is found and what is left alone', () => {
    const further = `test/rules/${rule.name.replace('/', '-')}.md`;
    const cases = [english, readFileSync(join(root, further), 'utf8')].flatMap(casesOf);
    const held = cases.filter(({ isGap }) => !isGap);
    const found = held.filter((one) => mentions(one, rule));
    expect(found.length, 'found').toBeGreaterThanOrEqual(3);
    expect(held.length - found.length, 'left alone').toBeGreaterThanOrEqual(6);
  });

  it('show what each fix makes', () => {
    const further = readFileSync(
      join(root, `test/rules/${rule.name.replace('/', '-')}.md`),
      'utf8',
    );
    const mended = [english, further].flatMap(casesOf).filter(({ fixed }) => fixed !== undefined);
    if (Object.keys(rule.fixes).length > 0) expect(mended.length).toBeGreaterThan(0);
  });
});

describe('the rules', () => {
  it('prove what they claim of run time', () => {
    const proofs = RULES.flatMap(({ name }) => proofOf(name, readPage(name, 'en')) ?? []);
    const provable = RULES.filter(({ proof }) => proof).map(({ name }) => name);
    expect(missingProofs(provable, proofs)).toEqual([]);
  });

  it('are all that there are pages of', () => {
    const pages = globSync('server/src/rules/*/*.md', { cwd: root }).map((page) =>
      page.replaceAll('\\', '/'),
    );
    const wanted = RULES.flatMap(({ name }) => [pagePath(name, 'en'), pagePath(name, 'ko')]);
    expect(pages.sort()).toEqual(wanted.sort());
  });

  it('are in the files that are made of them (node test/rules/generate.mjs)', () => {
    for (const [path, text] of generatedFiles())
      expect(readFileSync(join(root, path), 'utf8'), path).toBe(text);
  });
});

function mentions({ files }: Case, { name }: Rule): boolean {
  return files.some(({ lines }) =>
    lines.some(({ expected }) => expected.some(({ rule }) => rule === name)),
  );
}

/** By id, the placeholders of its text, sorted; the same one twice is there once. */
function placeholdersOf(texts: Readonly<Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(texts).map(([id, text]) => [
      id,
      [...new Set(text.match(/\{\w+\}/g) ?? [])].sort(),
    ]),
  );
}

describe('the lessons at the end of a page', () => {
  const page = (list: string) => `# a/b\n\n## Learn\n\n${list}\n`;
  const linked = (list: string) => withLessonLinks(page(list), 'a/b', 'en', curriculum);
  const lesson = '../../../../walkthroughs/expert/04-async/lesson.md';

  it('are links where there is a lesson, also after its name has changed', () => {
    const link = `- [Expert 04 · Async](${lesson})`;
    expect(linked('- Expert 04 · Async')).toBe(page(link));
    expect(linked(link)).toBe(page(link));
    expect(linked('- [Expert 04 · Async](../gone.md)')).toBe(page(link));
  });

  it('are words where there is none', () => {
    expect(linked('- [Expert 10 · Later](../gone.md)')).toBe(page('- Expert 10 · Later'));
  });

  it('are in the language of the page', () => {
    const korean = '# a/b\n\n## 배우기\n\n- 전문가 04 · 비동기\n';
    expect(withLessonLinks(korean, 'a/b', 'ko', curriculum)).toContain(
      `[전문가 04 · 비동기](${lesson.replace('.md', '.nls.ko.md')})`,
    );
  });
});
