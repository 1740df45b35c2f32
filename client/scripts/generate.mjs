// Writes the settings about rules into package.json and package.nls*.json, from the rules and their pages, and the
// walkthroughs of the curriculum, from its manifest. Under Node 24:
// `node client/scripts/generate.mjs`; with `--check` it writes nothing and ends with 1 when something is stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { readCurriculum } from '../../server/src/curriculum/curriculum.ts';
import { categoryOf } from '../../server/src/project/config.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { assembled } from './curriculum.mjs';
import { walkthroughPages, walkthroughsOf, walkthroughTexts } from './walkthroughs.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');

const curriculum = readCurriculum(assembled(path.join(root, 'walkthroughs')));

const pageOf = ({ name }, language) =>
  `server/src/rules/${name}${language === 'ko' ? '.ko' : ''}.md`;

/** A rule that somebody is still writing has no pages yet; test/rules sees to it that it gets them. */
const rules = RULES.filter((rule) =>
  ['en', 'ko'].every((language) => existsSync(path.join(root, pageOf(rule, language)))),
);

/** The line below the title of a rule's page. */
function summaryOf(rule, language) {
  const page = read(pageOf(rule, language));
  const found = /^# .+\r?\n\r?\n(.+)\r?\n/m.exec(page);
  if (found === null) throw new Error(`the page of ${rule.name} has no summary`);
  return found[1];
}

/** A token may hold letters, digits, dots and dashes. */
const tokenOf = (rule) => `config.rule.${rule.replace('/', '.')}`;

const TEXTS = {
  en: {
    'config.preset': 'Which rules speak before anything else is said.',
    'config.preset.recommended': 'Every rule, except those that are off by default.',
    'config.preset.strict': 'The rules that are off by default too, as information.',
    'config.select':
      'Only these rules speak: full names (`async/blocking-sleep`), categories (`async`) or `all`. A rule that is off by default speaks when its full name is here.',
    'config.ignore':
      'These rules do not speak: full names, categories or `all`. What is said more exactly wins over `#fastapiMentor.select#`.',
    'config.levels': 'How loudly a rule speaks.',
    'config.level.error': 'It fails, answers wrongly or is a hole.',
    'config.level.warning': 'It hurts in production.',
    'config.level.info': 'Worth knowing.',
    'config.level.hint': 'An improvement, shown with dots.',
    'config.level.off': 'The rule does not speak.',
    'config.exclude':
      'Globs of files and folders that nothing is said about, relative to the folder. They stay part of the project: what they define is known elsewhere.',
    'config.perFileIgnores': 'Rules that do not speak in some files, by glob.',
    'config.ruff': "What to do where the project's ruff reports the same finding.",
    'config.ruff.defer': 'Leave it to ruff.',
    'config.ruff.ignore': 'Report it as well.',
  },
  ko: {
    'config.preset': '다른 설정이 없을 때 어떤 규칙을 쓸지 정합니다.',
    'config.preset.recommended': '기본으로 꺼져 있는 규칙을 뺀 모든 규칙을 씁니다.',
    'config.preset.strict': '기본으로 꺼져 있는 규칙도 정보 수준으로 씁니다.',
    'config.select':
      '이 규칙만 씁니다. 전체 이름(`async/blocking-sleep`), 분류(`async`), `all`을 쓸 수 있습니다. 기본으로 꺼져 있는 규칙은 전체 이름을 적으면 켜집니다.',
    'config.ignore':
      '이 규칙은 쓰지 않습니다. 전체 이름, 분류, `all`을 쓸 수 있습니다. `#fastapiMentor.select#`보다 더 정확하게 적은 쪽이 우선합니다.',
    'config.levels': '규칙마다 수준을 정합니다.',
    'config.level.error': '실패하거나 잘못 응답하거나 보안에 구멍이 있습니다.',
    'config.level.warning': '운영 환경에서 문제가 됩니다.',
    'config.level.info': '알아 두면 좋습니다.',
    'config.level.hint': '개선할 점이며 점선으로 표시합니다.',
    'config.level.off': '규칙을 끕니다.',
    'config.exclude':
      '결과를 알리지 않을 파일과 폴더의 글롭이며 폴더를 기준으로 합니다. 프로젝트에는 그대로 포함되므로 여기서 정의한 것은 다른 파일에서 알 수 있습니다.',
    'config.perFileIgnores': '글롭에 맞는 파일에서 쓰지 않을 규칙을 정합니다.',
    'config.ruff': '프로젝트의 ruff가 같은 결과를 알릴 때 어떻게 할지 정합니다.',
    'config.ruff.defer': 'ruff에 맡깁니다.',
    'config.ruff.ignore': '함께 알립니다.',
  },
};

const DEFAULT_LEVEL = { en: 'Default', ko: '기본값' };

/** The texts of the settings about rules, in one language. */
function textsOf(language) {
  const summaries = rules.map((rule) => [
    tokenOf(rule.name),
    `${summaryOf(rule, language)} ${DEFAULT_LEVEL[language]}: \`${rule.level}\`.`,
  ]);
  return { ...TEXTS[language], ...Object.fromEntries(summaries) };
}

/** The settings about rules, as `contributes.configuration.properties` has them. */
function properties() {
  const names = rules.map(({ name }) => name);
  const selectors = ['all', ...new Set(names.map(categoryOf)), ...names];
  const list = { type: 'array', items: { type: 'string', enum: selectors }, uniqueItems: true };
  const levels = ['error', 'warning', 'info', 'hint', 'off'];
  const level = { type: 'string', enum: levels };
  const enumDescriptions = levels.map((each) => `%config.level.${each}%`);
  const setting = (name, rest) => ({
    ...rest,
    scope: 'resource',
    markdownDescription: `%config.${name}%`,
  });
  const choice = (name, values) =>
    setting(name, {
      type: 'string',
      enum: values,
      default: values[0],
      enumDescriptions: values.map((value) => `%config.${name}.${value}%`),
    });
  return {
    'fastapiMentor.preset': choice('preset', ['recommended', 'strict']),
    'fastapiMentor.select': setting('select', { ...list, default: ['all'] }),
    'fastapiMentor.ignore': setting('ignore', { ...list, default: [] }),
    'fastapiMentor.levels': setting('levels', {
      type: 'object',
      properties: Object.fromEntries(
        names.map((name) => [
          name,
          { ...level, enumDescriptions, markdownDescription: `%${tokenOf(name)}%` },
        ]),
      ),
      additionalProperties: false,
      default: {},
    }),
    'fastapiMentor.exclude': setting('exclude', {
      type: 'array',
      items: { type: 'string' },
      uniqueItems: true,
      default: [],
    }),
    'fastapiMentor.perFileIgnores': setting('perFileIgnores', {
      type: 'object',
      additionalProperties: list,
      default: {},
    }),
    'fastapiMentor.ruff': choice('ruff', ['defer', 'ignore']),
  };
}

/** Ours in the place of what was generated before, after the settings of another hand that stand first. */
function merged(before, own, isOurs, first) {
  const others = Object.entries(before).filter(([key]) => !isOurs(key));
  const at = others.findIndex(([key]) => key === first) + 1;
  return Object.fromEntries([...others.slice(0, at), ...Object.entries(own), ...others.slice(at)]);
}

function generated() {
  const manifest = JSON.parse(read('package.json'));
  const { configuration } = manifest.contributes;
  const settings = properties();
  configuration.properties = merged(
    configuration.properties,
    settings,
    (key) => Object.hasOwn(settings, key),
    'fastapiMentor.language',
  );
  const { walkthroughs } = manifest.contributes;
  const written = walkthroughs.filter(({ id }) => !['foundations', 'expert'].includes(id));
  manifest.contributes.walkthroughs = [...written, ...walkthroughsOf(curriculum)];
  const files = new Map([['package.json', manifest]]);
  for (const [file, language] of [
    ['package.nls.json', 'en'],
    ['package.nls.ko.json', 'ko'],
  ]) {
    const texts = textsOf(language);
    const isOurs = (key) => Object.hasOwn(texts, key) || key.startsWith('config.rule.');
    const settings = merged(JSON.parse(read(file)), texts, isOurs, 'config.language.ko');
    const others = Object.entries(settings).filter(
      ([key]) => !/^walkthrough\.(foundations|expert)\./.test(key),
    );
    files.set(file, {
      ...Object.fromEntries(others),
      ...walkthroughTexts(curriculum, language),
    });
  }
  return [
    ...[...files].map(([file, value]) => [file, `${JSON.stringify(value, null, 2)}\n`]),
    ...walkthroughPages(curriculum),
  ];
}

const isCheck = process.argv.includes('--check');
for (const [file, text] of generated()) {
  if (existsSync(path.join(root, file)) && read(file) === text) continue;
  if (isCheck) {
    console.error(`${file} is stale: node client/scripts/generate.mjs`);
    process.exitCode = 1;
  } else {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    console.log(`wrote ${file}`);
  }
}
