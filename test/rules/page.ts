/** What a rule's page says besides its cases: its head, its sections, and the Korean page's front matter. */
import { type Section, sectionsOf } from '../../client/scripts/markdown.mjs';

export { codeNames, markersOf, withCode } from '../../client/scripts/pages.mjs';

/** Texts by id. */
export type Texts = Readonly<Record<string, string>>;

export interface KoreanPage {
  readonly messages: Texts;
  /** The titles of fixes. */
  readonly fixes: Texts;
  /** The page after its front matter. */
  readonly body: string;
}

export interface PageHead {
  readonly title: string;
  /** The line below the title. */
  readonly summary: string;
  /** `Level: … · Fix: … · Since: …`. */
  readonly facts: string;
}

/** Headings of every page, in order; the proof only where a page has one. */
export const SECTIONS = {
  en: [
    'What it flags',
    'Why it matters',
    'Example',
    'How to fix',
    'When to ignore it',
    'Proof',
    'Learn',
  ],
  ko: [
    '찾아내는 코드',
    '왜 중요한가',
    '예제',
    '고치는 방법',
    '무시해도 되는 경우',
    '증명',
    '배우기',
  ],
} as const;

/** The title, the summary and the facts. Throws where the page does not begin so. */
export function headOf(markdown: string): PageHead {
  const found = /^# (.+)\n\n(.+)\n\n(.+)\n\n## /.exec(markdown.replaceAll('\r\n', '\n'));
  if (found === null) throw new Error('a page begins with its title, a line of summary, and facts');
  const [, title = '', summary = '', facts = ''] = found;
  return { title, summary, facts };
}

/** The sections below the title. */
export function chaptersOf(markdown: string): readonly Section[] {
  return sectionsOf(markdown).filter(({ depth }) => depth === 2);
}

/**
 * Reads a Korean page. Its front matter is a small part of YAML: `messages:` and `fixes:`, each with lines of two
 * spaces, an id and a text in double quotes, or `{}`. Throws with the line where it is anything else.
 */
export function readKorean(page: string): KoreanPage {
  const lines = page.split(/\r?\n/);
  if (lines[0] !== '---') throw new Error('line 1: the front matter begins with ---');
  const found: Record<'messages' | 'fixes', Record<string, string>> = { messages: {}, fixes: {} };
  const seen = new Set<string>();
  let into: Record<string, string> | undefined;
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '---') {
      if (seen.size !== 2) throw new Error(`line ${at + 1}: messages and fixes, each once`);
      return { ...found, body: lines.slice(at + 1).join('\n') };
    }
    const [, group, empty] = /^(messages|fixes):( \{\})?$/.exec(line) ?? [];
    const [, id, text] = /^ {2}([a-zA-Z]\w*): (".*")$/.exec(line) ?? [];
    if ((group === 'messages' || group === 'fixes') && !seen.has(group)) {
      seen.add(group);
      into = empty === undefined ? found[group] : undefined;
    } else if (into !== undefined && id !== undefined && text !== undefined && !(id in into)) {
      into[id] = parseText(text, at + 1);
    } else throw new Error(`line ${at + 1}: not what a front matter holds: ${line}`);
  }
  throw new Error('the front matter never ends');
}

/** JSON's strings are YAML's too. */
function parseText(text: string, line: number): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string') return value;
  } catch {
    // Said below.
  }
  throw new Error(`line ${line}: not a text in double quotes: ${text}`);
}
