/** Blocks of a page as cases: the files of a project, what must be said about them, and what the fixes make of them. */
import { type Block, blocksOf } from '../../client/scripts/markdown.mjs';

export const LEVELS = ['error', 'warning', 'info', 'hint'] as const;
export type SpokenLevel = (typeof LEVELS)[number];

/** `# error: [category/name]` at a line's end; `on "…"` adds the text that is underlined. */
export interface Expectation {
  readonly level: SpokenLevel;
  readonly rule: string;
  readonly on?: string;
}

export interface CaseLine {
  readonly text: string;
  readonly expected: readonly Expectation[];
  /** The 1-based line of the page. */
  readonly page: number;
}

export interface CaseFile {
  readonly path: string;
  readonly lines: readonly CaseLine[];
}

export interface Case {
  readonly files: readonly CaseFile[];
  readonly headings: readonly string[];
  readonly line: number;
  /** Under a heading that starts with `Known gap:`: it is as it should be, and fails. */
  readonly isGap: boolean;
  readonly lineEnd: '\n' | '\r\n';
  /** The rule offers no fix here. */
  readonly hasNoFix: boolean;
  /** What the rule's own fixes make of it, where the page says so. */
  readonly fixed: Case | undefined;
}

/** A page that can't be read as cases. */
export class CaseError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** The cases of a page: every Python block but proofs. Throws a `CaseError` for what it can't read. */
export function casesOf(markdown: string): readonly Case[] {
  const cases: Case[] = [];
  for (const block of blocksOf(markdown)) {
    const [language, ...roles] = block.info;
    if (language !== 'python' || roles.includes('proof')) continue;
    const one = caseOf(block, roles);
    if (!roles.includes('fixed')) {
      cases.push(one);
      continue;
    }
    const before = cases.pop();
    if (before === undefined || before.fixed !== undefined)
      throw new CaseError('a `fixed` block follows the block that is mended', block.line);
    cases.push({ ...before, fixed: one });
  }
  return cases;
}

const ROLES: ReadonlySet<string> = new Set(['bad', 'good', 'fixed', 'nofix', 'crlf']);

function caseOf(block: Block, roles: readonly string[]): Case {
  const { code, line, headings } = block;
  const unknown = roles.find((role) => !ROLES.has(role));
  if (unknown !== undefined) throw new CaseError(`what is a \`${unknown}\` block?`, line);
  const files: { path: string; lines: CaseLine[] }[] = [];
  let announced: Expectation[] = [];
  for (const [index, source] of code.entries()) {
    const page = line + index;
    const named = /^# file: (\S+)\s*$/.exec(source)?.[1];
    if (named !== undefined) {
      if (files.some(({ path }) => path === named))
        throw new CaseError(`${named} is there twice`, page);
      files.push({ path: named, lines: [] });
      continue;
    }
    const { text, expected } = readLine(source, page);
    if (text.trim() === '' && expected.length > 0) {
      announced = [...announced, ...expected];
      continue;
    }
    if (files.length === 0) files.push({ path: 'main.py', lines: [] });
    if (expected.length > 0 && !files.at(-1)?.path.endsWith('.py'))
      throw new CaseError('an expectation stands in Python', page);
    files.at(-1)?.lines.push({ text, expected: [...announced, ...expected], page });
    announced = [];
  }
  return {
    files,
    headings,
    line,
    isGap: headings.some((heading) => heading.startsWith('Known gap:')),
    lineEnd: roles.includes('crlf') ? '\r\n' : '\n',
    hasNoFix: roles.includes('nofix'),
    fixed: undefined,
  };
}

const ONE = /(\w+): \[([a-z]+\/[a-z0-9-]+)\](?: on "((?:[^"\\]|\\.)*)")?/;
const COMMENT = new RegExp(`\\s*# ${ONE.source}(?:, ${ONE.source})*\\s*$`);

function readLine(source: string, page: number): { text: string; expected: Expectation[] } {
  const found = COMMENT.exec(source);
  if (found === null) {
    if (/#\s*(?:error|warning|info|hint|warn|information)\s*[:[]/i.test(source))
      throw new CaseError('an expectation reads `# error: [category/name]`', page);
    return { text: source, expected: [] };
  }
  const expected: Expectation[] = [];
  for (const [, word, rule = '', on] of found[0].matchAll(new RegExp(ONE, 'g'))) {
    const level = LEVELS.find((one) => one === word);
    if (level === undefined) throw new CaseError(`there is no level \`${word}\``, page);
    expected.push({ level, rule, ...(on !== undefined && { on: on.replace(/\\(.)/g, '$1') }) });
  }
  return { text: source.slice(0, found.index), expected };
}

/** Whether a file is one of Python. What is none is a manifest: it says which versions the project pins. */
export function isPythonFile({ path }: CaseFile): boolean {
  return path.endsWith('.py');
}

/** The text of a file, without the expectations. */
export function textOf(file: CaseFile, lineEnd: string): string {
  return file.lines.map(({ text }) => text + lineEnd).join('');
}
