/** What the tool says of its own accord, outside of any rule, in each language. `{…}` is filled in. */

export type TextLanguage = 'en' | 'ko';

export interface OwnText {
  readonly message: string;
  /** The title of the quick fix. */
  readonly fix?: string;
}

const english = {
  unnamed: {
    message: 'Name the rule: `# mentor: {word}[category/name]`. Without one it suppresses nothing.',
    fix: 'Name the rules that speak here',
  },
  misspelled: {
    message: '`{word}` is no instruction. Did you mean `# mentor: {nearest}[...]`?',
    fix: 'Write `{nearest}`',
  },
  unknown: { message: '`{name}` is no rule of FastAPI Mentor, so this suppresses nothing.' },
  nearly: {
    message: '`{name}` is no rule of FastAPI Mentor. Did you mean `{nearest}`?',
    fix: 'Write `{nearest}`',
  },
  unused: {
    message: 'Nothing of `{name}` is found here: the comment suppresses nothing.',
    fix: 'Remove the unused suppression',
  },
} as const satisfies Readonly<Record<string, OwnText>>;

/** Ids of the messages about suppression comments. */
export type OwnMessage = keyof typeof english;

export const OWN_TEXTS: Readonly<Record<TextLanguage, Readonly<Record<OwnMessage, OwnText>>>> = {
  en: english,
  ko: {
    unnamed: {
      message:
        '규칙 이름을 적으세요: `# mentor: {word}[category/name]`. 이름이 없으면 아무것도 숨기지 않습니다.',
      fix: '이 줄에서 걸린 규칙 이름 적기',
    },
    misspelled: {
      message: '`{word}`라는 지시는 없습니다. `# mentor: {nearest}[...]`를 쓰려고 했나요?',
      fix: '`{nearest}`로 고치기',
    },
    unknown: {
      message: '`{name}`은(는) FastAPI Mentor에 없는 규칙이라 아무것도 숨기지 않습니다.',
    },
    nearly: {
      message: '`{name}`은(는) FastAPI Mentor에 없는 규칙입니다. `{nearest}`를 쓰려고 했나요?',
      fix: '`{nearest}`로 고치기',
    },
    unused: {
      message: '여기에는 `{name}`에 걸리는 곳이 없어 이 주석은 아무것도 숨기지 않습니다.',
      fix: '쓰이지 않는 주석 지우기',
    },
  },
};

/** Titles and phrases of the editor and the command line. */
export const PHRASES = {
  en: {
    moreInFile: '{message} (and {count} more in this file)',
    ignoreOnLine: 'Ignore {rule} on this line',
    ignoreInFile: 'Ignore {rule} in this file',
    fixAll: 'Fix everything that is safe to fix',
    fixAllOfKind: 'Fix all of this kind: {title}',
  },
  ko: {
    moreInFile: '{message} (이 파일에 {count}건 더 있음)',
    ignoreOnLine: '이 줄에서 {rule} 무시',
    ignoreInFile: '이 파일에서 {rule} 무시',
    fixAll: '안전하게 고칠 수 있는 것 모두 고치기',
    fixAllOfKind: '같은 종류 모두 고치기: {title}',
  },
} as const satisfies Readonly<Record<TextLanguage, Readonly<Record<string, string>>>>;
