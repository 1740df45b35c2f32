/** From a change of a document to its findings, over the real protocol. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { longFile } from './generate.ts';
import { type Change, type Memory, startLanguageServer } from './languageServer.ts';
import { type Spread, spreadOf } from './numbers.ts';

export interface Edited {
  readonly server: string;
  readonly mode: 'pull' | 'push';
  readonly lines: number;
  /** Of a second document of this size in the warm server: what one full check costs. Milliseconds. */
  readonly full: number;
  /** Milliseconds. */
  readonly body: Spread;
  readonly top: Spread;
  readonly signature: Spread;
  readonly memory: Memory;
}

/** Pairs of a change and its taking back. */
const BODY_PAIRS = 120;
const OTHER_PAIRS = 20;
const WARM_UP = 10;

export async function measureEdits(
  server: string,
  command: string | readonly string[],
  lines: number,
  folder: string,
): Promise<Edited> {
  const text = longFile(lines);
  const other = longFile(lines, 1000);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'main.py'), text);
  const uriOf = (file: string) => pathToFileURL(path.join(folder, file)).toString();
  const uri = uriOf('main.py');
  const running = await startLanguageServer(command, folder);
  await running.open(uri, text);
  const places = bodyPlaces(text, BODY_PAIRS + WARM_UP);
  const timesOf = async (changes: readonly Change[]) => {
    const times: number[] = [];
    for (const change of changes) times.push((await running.change(uri, change)).time);
    return times;
  };
  await timesOf(places.slice(0, WARM_UP).flatMap(typedAndTaken));
  const body = await timesOf(places.slice(WARM_UP).flatMap(typedAndTaken));
  const top = await timesOf(
    Array.from({ length: OTHER_PAIRS }, () => insertion(0, 0, '\n')).flatMap(typedAndTaken),
  );
  const signature = await timesOf(signaturePlaces(text, OTHER_PAIRS).flatMap(typedAndTaken));
  const memory = running.memory();
  const fulls: number[] = [];
  for (let each = 0; each < 3; each++)
    fulls.push((await running.open(uriOf(`other_${each}.py`), other)).time);
  await running.stop();
  return {
    server,
    mode: running.mode,
    lines: text.split('\n').length,
    full: Math.min(...fulls),
    body: spreadOf(body),
    top: spreadOf(top),
    signature: spreadOf(signature),
    memory,
  };
}

interface Insertion {
  readonly line: number;
  readonly character: number;
  readonly text: string;
}

const insertion = (line: number, character: number, text: string): Insertion => ({
  line,
  character,
  text,
});

/** The text is typed, then deleted: after both the document is what it was. */
function typedAndTaken({ line, character, text }: Insertion): Change[] {
  const start = { line, character };
  const end =
    text === '\n' ? { line: line + 1, character: 0 } : { line, character: character + text.length };
  return [
    { range: { start, end: start }, text },
    { range: { start, end }, text: '' },
  ];
}

/** Behind a letter of a statement inside a function, spread evenly over the file; the letter is doubled. */
function bodyPlaces(text: string, count: number): Insertion[] {
  const lines = text.split('\n');
  const inside: number[] = [];
  let indent: number | undefined;
  for (const [number, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const own = line.length - line.trimStart().length;
    if (indent !== undefined && own <= indent) indent = undefined;
    if (indent !== undefined) inside.push(number);
    else if (/^\s*(?:async )?def .*:$/.test(line)) indent = own;
  }
  return spread(inside, count).map((number, index) => {
    const letters = [...(lines[number] ?? '').matchAll(/(?<=[a-z])[a-z](?=\w)/g)];
    const letter = letters[(index * 7) % Math.max(1, letters.length)];
    return insertion(number, letter?.index ?? 4, letter?.[0] ?? 'x');
  });
}

/** Another parameter at the end of a signature. */
function signaturePlaces(text: string, count: number): Insertion[] {
  const found = text.split('\n').flatMap((line, number) => {
    const match = /^\s*(?:async )?def \w+\(.+(?=\)(?: -> .*)?:$)/.exec(line);
    return match === null ? [] : [insertion(number, match[0].length, ', extra: int = 0')];
  });
  return spread(found, count);
}

/** So many of them, evenly. */
function spread<T>(values: readonly T[], count: number): T[] {
  return Array.from(
    { length: count },
    (_, index) => values[Math.floor((index * values.length) / count)],
  ).filter((value) => value !== undefined);
}
