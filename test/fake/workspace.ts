import type { Diagnostic } from '../../server/src/engine/diagnostic.ts';
import type { Root, Workspace } from '../../server/src/engine/workspace.ts';

/**
 * A workspace with three rules that need no parser:
 * - a `time.sleep(` is an error, with a fix that replaces the call's name;
 * - `uses(name)` is a warning as long as some file holds `defines(name)`, with that place as related information;
 * - `unpinned` is a hint while fastapi has no version. `crash!` makes the analysis throw, `slip!` a rule.
 */
export function fakeWorkspace(onRuleFailure: (rule: string, error: unknown) => void): Workspace {
  const texts = new Map<string, string>();
  let roots: readonly Root[] = [];
  let loaded = false;
  return {
    setRoots: (given) => {
      roots = given;
    },
    setConfiguration: () => undefined,
    rules: () => [],
    setText: (path, text) => void texts.set(path, text),
    removeFile: (path) => void texts.delete(path),
    setCheckpoint: () => undefined,
    prepare: () => undefined,
    applications: () => [],
    whyHere: () => null,
    callableAt: () => null,
    incomingCalls: () => [],
    outgoingCalls: () => [],
    // A rule is silent where no text says `time.sleep(`.
    checkExercise: (folder, checks) =>
      checks.map(() => {
        const sleeps = [...texts].find(
          ([path, text]) => path.startsWith(`${folder}/`) && text.includes('time.sleep('),
        );
        return sleeps === undefined
          ? { holds: true, why: null, at: null }
          : { holds: false, why: { en: 'It sleeps.', ko: '잠듭니다.' }, at: null };
      }),
    setLoaded: (given) => {
      loaded = given;
    },
    paths: () => [...texts.keys()],
    isBroken: (path) => texts.get(path)?.includes('broken!') ?? false,
    diagnose(path) {
      const text = texts.get(path) ?? '';
      if (text.includes('slip!')) onRuleFailure('async/slip', new Error('slipped'));
      if (text.includes('crash!')) throw new Error('crashed\n    at a stack');
      return text
        .split('\n')
        .flatMap((line, number) => [
          ...sleeps(path, line, number),
          ...uses(path, line, number, texts),
          ...(loaded ? unpinned(path, line, number, roots) : []),
        ]);
    },
  };
}

function at(line: number, start: number, length: number) {
  return { start: { line, character: start }, end: { line, character: start + length } };
}

function sleeps(path: string, line: string, number: number): Diagnostic[] {
  const start = line.indexOf('time.sleep(');
  if (start === -1) return [];
  const range = at(number, start, 'time.sleep'.length);
  return [
    {
      rule: 'async/blocking-call',
      level: 'error',
      path,
      range,
      message: '`time.sleep` blocks the event loop.',
      messageId: 'blocks',
      data: { call: 'time.sleep' },
      related: [],
      fix: {
        title: 'Use `await asyncio.sleep`',
        applicability: 'quick',
        edits: [{ path, range, newText: 'await asyncio.sleep' }],
      },
      fingerprint: `sleep:${line.trim()}`,
    },
  ];
}

function uses(path: string, line: string, number: number, texts: ReadonlyMap<string, string>) {
  const name = /uses\((\w+)\)/.exec(line);
  if (name?.[1] === undefined) return [];
  const definition = `defines(${name[1]})`;
  const found: Diagnostic[] = [];
  for (const [other, text] of texts) {
    const offset = text.indexOf(definition);
    if (offset === -1) continue;
    const related = {
      path: other,
      range: at(0, offset, definition.length),
      message: 'defined here',
    };
    found.push({
      rule: 'routing/used',
      level: 'warning',
      path,
      range: at(number, name.index, name[0].length),
      message: `\`${name[1]}\` is used.`,
      messageId: 'used',
      data: { name: name[1] },
      related: [related],
      fix: null,
      fingerprint: `uses:${name[1]}`,
    });
  }
  return found;
}

function unpinned(
  path: string,
  line: string,
  number: number,
  roots: readonly Root[],
): Diagnostic[] {
  const start = line.indexOf('unpinned');
  if (start === -1 || roots.some((root) => root.versions.fastapi !== undefined)) return [];
  return [
    {
      rule: 'testing/unpinned',
      level: 'hint',
      path,
      range: at(number, start, 'unpinned'.length),
      message: 'fastapi is not pinned.',
      messageId: 'unpinned',
      data: {},
      related: [],
      fix: null,
      fingerprint: 'unpinned',
    },
  ];
}
