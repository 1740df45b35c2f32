/** Whether lessons are whole: both languages alike, every link, rule, picture and program that they name is there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { blocksOf, sectionsOf } from '../../client/scripts/markdown.mjs';
import { exerciseById, type Lesson, lessonById } from '../../server/src/curriculum/curriculum.ts';
import { exercisePath } from '../../server/src/curriculum/pytest.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { unseenEmphasis } from '../support/emphasis.ts';
import type { Sources } from './sources.ts';

const SECTIONS = {
  en: [
    'What you will be able to do',
    'The idea',
    'A worked example',
    'What goes wrong',
    'In production',
    'Exercises',
    'Check yourself',
    'Further reading',
  ],
  ko: [
    '배울 내용',
    '핵심 개념',
    '예제',
    '잘못되는 경우',
    '운영 환경에서는',
    '연습 문제',
    '스스로 확인하기',
    '더 읽을거리',
  ],
} as const;

const languages = ['en', 'ko'] as const;
type Language = (typeof languages)[number];

const rules = new Set<string>(RULES.map(({ name }) => name));

/** What is not as it should be, each with its page. */
export function checkPages(sources: Sources, lessons: readonly Lesson[]): readonly string[] {
  return [
    ...lessons.flatMap((lesson) => [
      ...checkLesson(sources, lesson),
      ...lesson.exercises.flatMap(({ id }) => checkPair(sources, `${exercisePath(id)}/why.md`)),
    ]),
    ...checkPair(sources, 'glossary.md'),
  ];
}

function checkLesson(sources: Sources, lesson: Lesson): string[] {
  const page = `${lesson.id}/lesson.md`;
  const found = checkPair(sources, page);
  for (const language of languages) {
    const text = readPage(sources, page, language);
    if (text === undefined) continue;
    const say = (what: string) => found.push(`${nameOf(page, language)}: ${what}`);
    const sections = sectionsOf(text).filter(({ depth }) => depth === 2);
    const titles = sections.map(({ title }) => title);
    const wanted = SECTIONS[language];
    if (titles.join('\n') !== wanted.join('\n'))
      say(`its sections are "${titles.join('", "')}", not "${wanted.join('", "')}"`);
    const questions = text.match(/<details>/g)?.length ?? 0;
    if (questions !== 3) say(`"${wanted[6]}" has ${questions} questions, not 3`);
    const marked = [...text.matchAll(/^<!-- example: ([\w.-]+) -->$/gm)].map(([, name]) => name);
    for (const name of lesson.examples) if (!marked.includes(name)) say(`${name} is not shown`);
    for (const name of marked)
      if (!lesson.examples.includes(name ?? '')) say(`${name} is no example in curriculum.json`);
    if (lesson.exercises.length > 0 && !text.includes('<!-- exercises -->'))
      say('it does not show its exercises: <!-- exercises -->');
    const wrong = sections[3]?.text ?? '';
    if (!wrong.includes('](rule:')) say(`"${wanted[3]}" names no rule`);
  }
  return found;
}

/** One page in both languages. */
function checkPair(sources: Sources, page: string): string[] {
  const texts = languages.map((language) => readPage(sources, page, language));
  const missing = languages.filter((_, index) => texts[index] === undefined);
  if (missing.length > 0) return missing.map((language) => `${nameOf(page, language)} is missing`);
  const [en = '', ko = ''] = texts;
  const found = languages.flatMap((language, index) =>
    checkText(sources, page, texts[index] ?? '').map(
      (what) => `${nameOf(page, language)}: ${what}`,
    ),
  );
  return [...found, ...compare(page, en, ko)];
}

/** Whether a page says in Korean what it says in English, as far as its parts can tell. */
export function compare(page: string, en: string, ko: string): string[] {
  const found: string[] = [];
  const isKorean = /[가-힣]/.test(withoutCode(ko));
  if (!isKorean) found.push(`${nameOf(page, 'ko')}: it is not Korean`);
  for (const [what, count] of Object.entries(COUNTS)) {
    const [one, other] = [count(en), count(ko)];
    if (one !== other) found.push(`${page}: ${one} ${what} in English, ${other} in Korean`);
  }
  return found;
}

const COUNTS: Readonly<Record<string, (text: string) => number | string>> = {
  headings: (text) =>
    sectionsOf(text)
      .map(({ depth }) => depth)
      .join(''),
  'blocks of code': (text) => blocksOf(text).length,
  markers: (text) => [...text.matchAll(/^<!-- .+? -->$/gm)].map(([all]) => all).join(' '),
  'folded answers': (text) => text.match(/<details>/g)?.length ?? 0,
  anchors: (text) => [...text.matchAll(/<a id="[^"]+"><\/a>/g)].join(' '),
  'links of ours': (text) =>
    [...new Set(linksOf(text).filter((link) => !/^(https?|media)/.test(link)))].sort().join(' '),
};

/** What is wrong with one text: its links, pictures and markers. */
export function checkText(sources: Sources, page: string, text: string): string[] {
  const plain = withoutCode(text);
  const found = linksOf(plain).flatMap((link) => {
    const why = whyBroken(sources, page, link);
    return why === undefined ? [] : [`${link}: ${why}`];
  });
  for (const each of unseenEmphasis(text)) found.push(`${each}: it is not shown as emphasis`);
  for (const [, alt = '', file = ''] of plain.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)) {
    if (alt.trim().length < 20) found.push(`${file}: the picture has no words: "${alt}"`);
  }
  for (const [, kind, name = ''] of plain.matchAll(/^<!-- (example|output): ([\w.-]+) -->$/gm)) {
    const file = kind === 'example' ? name : name.replace(/\.py$/, '.out');
    const at = path.join(sources.folder, path.dirname(page), 'examples', file);
    if (!existsSync(at)) found.push(`there is no examples/${file}`);
  }
  return found;
}

function whyBroken(sources: Sources, page: string, link: string): string | undefined {
  const [kind = '', id = ''] = link.split(/:(.*)/s);
  switch (kind) {
    case 'lesson':
      return lessonById(sources.curriculum, id) ? undefined : 'there is no such lesson';
    case 'exercise':
      return exerciseById(sources.curriculum, id) ? undefined : 'there is no such exercise';
    case 'rule':
      return rules.has(id) ? undefined : 'there is no such rule';
    case 'term':
      return readPage(sources, 'glossary.md', 'en')?.includes(`<a id="${id}"></a>`)
        ? undefined
        : 'the glossary has no such term';
    case 'https':
      return undefined;
    default:
      return link.startsWith('media/')
        ? whyNoPicture(sources, page, link)
        : 'no link that a page may have';
  }
}

function whyNoPicture(sources: Sources, page: string, link: string): string | undefined {
  const file = path.join(sources.folder, path.dirname(page), link);
  if (!existsSync(file)) return 'there is no such picture';
  if (!link.endsWith('.svg')) return undefined;
  const drawing = readFileSync(file, 'utf8');
  if (!/^<svg [^>]*role="img" aria-label="[^"]+"/.test(drawing))
    return 'a drawing begins with <svg … role="img" aria-label="…">';
  if (/<(?:script|style|foreignObject)\b/.test(drawing)) return 'a drawing has no script or style';
  return /#[0-9a-f]{3,8}\b|rgb\(/i.test(drawing) ? 'its colours are not the theme’s' : undefined;
}

function linksOf(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
}

function withoutCode(text: string): string {
  return text.replace(/^(`{3,}|~{3,})[\s\S]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '');
}

function nameOf(page: string, language: Language): string {
  return language === 'en' ? page : page.replace(/\.md$/, `.nls.${language}.md`);
}

function readPage({ folder }: Sources, page: string, language: Language): string | undefined {
  const file = path.join(folder, nameOf(page, language));
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
