import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { type FixOptions, fixTexts } from '../engine/apply.ts';
import type { Workspace } from '../engine/workspace.ts';
import { decode } from '../project/decode.ts';
import { encodeLike } from '../project/encode.ts';
import type { Note } from '../project/fileSystem.ts';
import type { CliDeps, Language } from './deps.ts';
import { printable } from './excerpt.ts';

export interface FixRun {
  /** New texts by path; of those that could not be written there is none. */
  readonly texts: ReadonlyMap<string, string>;
  /** How many fixes are in these texts. */
  readonly count: number;
  readonly counts: ReadonlyMap<string, number>;
  /** Files that were left as they are, and why. */
  readonly refused: readonly Note[];
}

/** The new texts of what can be mended. Nothing is written, and the workspace is left as it was. */
export function planFixes(
  workspace: Workspace,
  texts: ReadonlyMap<string, string>,
  paths: readonly string[],
  options: FixOptions,
): FixRun {
  const own = new Map(paths.map((path) => [path, texts.get(path) ?? '']));
  const { texts: fixed, counts } = fixTexts(workspace, own, options);
  return { texts: fixed, counts, count: sum(fixed, counts), refused: [] };
}

function sum(texts: ReadonlyMap<string, string>, counts: ReadonlyMap<string, number>): number {
  return [...texts.keys()].reduce((total, path) => total + (counts.get(path) ?? 0), 0);
}

/** Writes the new texts in the encoding of the old ones. A file that is no longer what was analysed is left alone. */
export async function writeFixes(
  plan: FixRun,
  texts: ReadonlyMap<string, string>,
  deps: CliDeps,
): Promise<FixRun> {
  const written = new Map<string, string>();
  const refused: Note[] = [];
  for (const [path, text] of plan.texts) {
    const message = await writeFix(path, texts.get(path) ?? '', text, deps);
    if (message === undefined) written.set(path, text);
    else refused.push({ path, message });
  }
  return { ...plan, texts: written, count: sum(written, plan.counts), refused };
}

/** Why a file could not be written; nothing when it was. */
async function writeFix(
  path: string,
  oldText: string,
  newText: string,
  { fs, writeFile }: CliDeps,
): Promise<string | undefined> {
  const bytes = await fs.readFile(path).catch(() => undefined);
  if (bytes === undefined || decode(bytes).text !== oldText)
    return 'it has changed since it was analysed, and was not fixed';
  const encoded = encodeLike(bytes, oldText, newText);
  if (encoded === undefined) return 'its encoding cannot be written, so it was not fixed';
  return writeFile(path, encoded).then(
    () => undefined,
    () => 'it cannot be written, and was not fixed',
  );
}

/** What a run that writes nothing says at its end. */
export function wouldFix({ count, texts }: FixRun, language: Language): string {
  if (language === 'ko')
    return count === 0
      ? '고칠 수 있는 것이 없습니다.\n'
      : `파일 ${texts.size}개에서 ${count}건을 고칠 수 있습니다.\n`;
  if (count === 0) return 'Nothing to fix.\n';
  const [findings, files] = [
    count === 1 ? 'finding' : 'findings',
    texts.size === 1 ? 'file' : 'files',
  ];
  return `Would fix ${count} ${findings} in ${texts.size} ${files}.\n`;
}

/** A unified diff as `git apply` and `patch -p1` take it. What a terminal would act on is taken out for a terminal. */
export function diffOf(
  plan: FixRun,
  texts: ReadonlyMap<string, string>,
  printed: (path: string) => string,
  isTerminal: boolean,
): string {
  const patches = [...plan.texts].map(([path, text]) => {
    const name = printed(path);
    const patch = createTwoFilesPatch(
      `a/${name}`,
      `b/${name}`,
      texts.get(path) ?? '',
      text,
      undefined,
      undefined,
      { context: 3, headerOptions: FILE_HEADERS_ONLY },
    );
    return isTerminal ? patch.split('\n').map(printable).join('\n') : patch;
  });
  return patches.join('');
}
