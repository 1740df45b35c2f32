/** Files that are made of the rules' metadata and pages. `generate.mjs` writes them; a test says when they are stale. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rule } from '../../server/src/engine/rule.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { readSources } from '../curriculum/sources.ts';
import { withLessonLinks } from './lessons.ts';
import { headOf, readKorean } from './page.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export type PageLanguage = 'en' | 'ko';

/** A page's path, relative to the repository. */
export function pagePath(rule: string, language: PageLanguage): string {
  return `server/src/rules/${rule}${language === 'ko' ? '.ko' : ''}.md`;
}

export function readPage(rule: string, language: PageLanguage): string {
  return readFileSync(join(root, pagePath(rule, language)), 'utf8');
}

/** The line of facts below a page's summary. */
export function factsOf(rule: Rule, language: PageLanguage): string {
  const fix = fixOf(rule);
  return language === 'ko'
    ? `수준: \`${rule.level}\` · 수정: ${fix ?? '없음'} · 추가된 버전: ${rule.since}`
    : `Level: \`${rule.level}\` · Fix: ${fix ?? 'none'} · Since: ${rule.since}`;
}

/** `` `safe` ``, or `` `quick`, `safe` `` where a rule has both. */
function fixOf({ fixes }: Rule): string | undefined {
  const kinds = new Set(Object.values(fixes).map(({ applicability }) => applicability));
  return kinds.size === 0 ? undefined : [...kinds].sort().map(code).join(', ');
}

const code = (text: string) => `\`${text}\``;

/** Every generated file with its text: by path, relative to the repository. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const files = new Map([
    ['server/src/knowledge/messages.ko.json', koreanMessages()],
    ['server/src/rules/README.md', ruleIndex()],
  ]);
  for (const [path, language] of [
    ['README.md', 'en'],
    ['README.ko.md', 'ko'],
  ] as const) {
    const absolute = join(root, path);
    if (!existsSync(absolute)) continue;
    files.set(path, withRulesTable(readFileSync(absolute, 'utf8'), language));
  }
  const curriculum = readSources();
  for (const { name } of RULES)
    for (const language of ['en', 'ko'] as const)
      files.set(
        pagePath(name, language),
        withLessonLinks(readPage(name, language), name, language, curriculum),
      );
  return files;
}

/** The Korean messages and titles of all rules, from their pages. */
export function koreanMessages(): string {
  const texts = RULES.map(({ name }) => {
    const { messages, fixes } = readKorean(readPage(name, 'ko'));
    return [name, { messages, fixes }];
  });
  return `${JSON.stringify(Object.fromEntries(texts), null, 2)}\n`;
}

const TABLE = {
  en: ['Rule', 'Level', 'Fix', 'What it finds'],
  ko: ['규칙', '수준', '수정', '찾아내는 것'],
} as const;

/** A Markdown table of all rules. Links start at `base`, the folder of the rules as seen from the file. */
export function rulesTable(language: PageLanguage, base: string): string {
  const head = TABLE[language];
  const rows = RULES.map((rule) => {
    const page = readPage(rule.name, language);
    const { summary } = headOf(language === 'ko' ? readKorean(page).body : page);
    const file = pagePath(rule.name, language).slice('server/src/rules/'.length);
    return [`[${rule.name}](${base}${file})`, code(rule.level), fixOf(rule) ?? '–', summary];
  });
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** The index of the rules, beside them. */
function ruleIndex(): string {
  return [
    '# Rules',
    '',
    '<!-- Made by test/rules/generate.mjs; do not edit. -->',
    '',
    'Each page says what a rule flags, why, and how to mend it. Its examples are tests.',
    '',
    rulesTable('en', ''),
    '',
    '## 한국어',
    '',
    rulesTable('ko', ''),
    '',
  ].join('\n');
}

const PLACE = /(<!-- rules -->\n)[\s\S]*?(<!-- \/rules -->)/;

/** A README with the table between `<!-- rules -->` and `<!-- /rules -->`; without these marks as it is. */
export function withRulesTable(readme: string, language: PageLanguage): string {
  return readme.replace(
    PLACE,
    (_, open: string, close: string) =>
      `${open}\n${rulesTable(language, 'server/src/rules/')}\n\n${close}`,
  );
}
