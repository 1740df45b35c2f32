/** The lessons that a rule's page names: those that are written are links, made of the curriculum's manifest. */
import { type Curriculum, type Lesson, lessonsOf } from '../../server/src/curriculum/curriculum.ts';
import type { PageLanguage } from './generated.ts';

const HEADINGS = { en: '## Learn', ko: '## 배우기' } as const;
const TRACKS: Readonly<Record<string, string>> = {
  Foundations: 'foundations',
  기초: 'foundations',
  Expert: 'expert',
  전문가: 'expert',
};
const NAMED = /^- \[?((\S+) ([1-6]\.\d|0[1-9]|10) · .+?)(?:\]\(\S+\))?$/;

export interface NamedLesson {
  /** `Expert 04 · Asynchronous programming`. */
  readonly label: string;
  /** `expert/04`: what the ids of its lessons begin with. */
  readonly id: string;
}

/** What a page's last section names. Throws at a line that is no lesson. */
export function namedLessons(page: string, language: PageLanguage): readonly NamedLesson[] {
  const [, list] = split(page, language);
  return list.map((line) => {
    const [, label = '', track = '', number = ''] = NAMED.exec(line) ?? [];
    const known = TRACKS[track];
    if (known === undefined) throw new Error(`not a lesson: ${line}`);
    return { label, id: `${known}/${number.replace('.', '-')}` };
  });
}

/** The page with a link for each lesson that is there, and without one for the others. */
export function withLessonLinks(
  page: string,
  rule: string,
  language: PageLanguage,
  curriculum: Curriculum,
): string {
  const [before] = split(page, language);
  const lines = namedLessons(page, language).map(({ label, id }) => {
    const lesson = lessonAt(id, rule, curriculum);
    return lesson === undefined ? `- ${label}` : `- [${label}](${fileOf(lesson, language)})`;
  });
  return `${before}${lines.join('\n')}\n`;
}

/** Of several lessons of a chapter the one that the rule's findings lead to. */
function lessonAt(id: string, rule: string, curriculum: Curriculum): Lesson | undefined {
  const there = lessonsOf(curriculum).filter((lesson) => lesson.id.startsWith(`${id}-`));
  return there.find(({ rules }) => rules.includes(rule)) ?? there[0];
}

/** As seen from a rule's page. */
function fileOf({ id }: Lesson, language: PageLanguage): string {
  return `../../../../walkthroughs/${id}/lesson${language === 'ko' ? '.nls.ko' : ''}.md`;
}

function split(page: string, language: PageLanguage): [before: string, list: readonly string[]] {
  const heading = `\n${HEADINGS[language]}\n\n`;
  const at = page.lastIndexOf(heading);
  if (at < 0) throw new Error(`there is no section "${HEADINGS[language]}"`);
  const end = at + heading.length;
  return [page.slice(0, end), page.slice(end).trimEnd().split('\n')];
}
