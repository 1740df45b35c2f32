import type { ConfigMistake } from './config-read.ts';

type Words = Readonly<Record<ConfigMistake['kind'], (mistake: ConfigMistake) => string>>;

const english: Words = {
  syntax: ({ word }) => `not valid TOML: ${word}`,
  key: ({ word, nearest }) => `unknown key "${word}"${meant(nearest)}`,
  rule: ({ word, nearest }) => `unknown rule "${word}"${meant(nearest)}`,
  level: (mistake) => `unknown level "${mistake.word}"${meantOrOneOf(mistake)}`,
  choice: (mistake) => `unknown value "${mistake.word}"${meantOrOneOf(mistake)}`,
  type: ({ word, wanted = '' }) => `expected ${article(wanted)}, found ${printed(word)}`,
};

const meant = (nearest: string | undefined) =>
  nearest === undefined ? '' : `; did you mean "${nearest}"?`;

const meantOrOneOf = ({ nearest, wanted }: ConfigMistake) =>
  nearest === undefined ? `; expected one of ${wanted}` : meant(nearest);

const article = (noun: string) => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`);

const kinds: Readonly<Record<string, string>> = { table: 'a table', array: 'an array' };
const printed = (word: string) => kinds[word] ?? `"${word}"`;

const korean: Words = {
  syntax: ({ word }) => `올바른 TOML이 아닙니다: ${word}`,
  key: ({ word, nearest }) => `알 수 없는 키 "${word}".${meantKo(nearest)}`,
  rule: ({ word, nearest }) => `알 수 없는 규칙 "${word}".${meantKo(nearest)}`,
  level: (mistake) => `알 수 없는 수준 "${mistake.word}".${meantOrOneOfKo(mistake)}`,
  choice: (mistake) => `알 수 없는 값 "${mistake.word}".${meantOrOneOfKo(mistake)}`,
  type: ({ word, wanted = '' }) =>
    `${kindsKo[wanted] ?? wanted} 자리에 ${kindsKo[word] ?? `"${word}"`} 값이 있습니다.`,
};

const kindsKo: Readonly<Record<string, string>> = {
  string: '문자열',
  'array of strings': '문자열 배열',
  array: '배열',
  table: '테이블',
};

const meantKo = (nearest: string | undefined) =>
  nearest === undefined ? '' : ` "${nearest}" 아닌가요?`;

const meantOrOneOfKo = ({ nearest, wanted }: ConfigMistake) =>
  nearest === undefined ? ` 다음 중 하나여야 합니다: ${wanted}` : meantKo(nearest);

/** The mistake in a person's language, without its place. */
export function mistakeMessage(mistake: ConfigMistake, language: 'en' | 'ko' = 'en'): string {
  return (language === 'ko' ? korean : english)[mistake.kind](mistake);
}

/** The title of the fix that puts the nearest word in the place of the wrong one. */
export const nearestTitle = (nearest: string, language: 'en' | 'ko') =>
  language === 'ko' ? `"${nearest}"(으)로 바꾸기` : `Change to "${nearest}"`;

/** `pyproject.toml:12:3: unknown rule …`, as the command line says it. */
export function mistakeLine(path: string, mistake: ConfigMistake, language: 'en' | 'ko' = 'en') {
  const { line, character } = mistake.range.start;
  return `${path}:${line + 1}:${character + 1}: ${mistakeMessage(mistake, language)}`;
}
