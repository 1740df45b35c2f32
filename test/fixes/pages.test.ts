/**
 * Every fix of every page and case, alone and all together: the result parses, its own finding is gone, nothing new is
 * found, comments stay, and a second run changes nothing.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyEdits, fixTexts } from '../../server/src/engine/apply.ts';
import type { Diagnostic, TextEdit } from '../../server/src/engine/diagnostic.ts';
import { baseOf } from '../../server/src/engine/fingerprint.ts';
import { linesOf } from '../../server/src/engine/lines.ts';
import type { Root } from '../../server/src/engine/workspace.ts';
import { readComments } from '../../server/src/syntax/comments.ts';
import { type Case, type CaseFile, casesOf, isPythonFile, textOf } from '../rules/cases.ts';
import { rootOf } from '../support/manifests.ts';
import { wasmParser } from '../support/parser.ts';
import { type Files, openWorkspace, pathOf, ROOT } from '../support/workspace.ts';

const root = path.resolve(import.meta.dirname, '../..');
const parser = await wasmParser();

interface Tried {
  readonly name: string;
  readonly files: Files;
  readonly project: Root;
}

const pages = ['server/src/rules/*/*.md', 'test/rules/*.md']
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .filter((page) => !page.endsWith('.ko.md') && !page.endsWith('README.md'))
  .sort();

const tried: readonly Tried[] = await Promise.all(
  pages.flatMap((page) =>
    readCases(page).map(async (one) => ({
      name: `${page}:${one.line}`,
      files: textsOf(one.files.filter(isPythonFile), one.lineEnd),
      project: await rootOf(ROOT, textsOf(one.files, '\n')),
    })),
  ),
);

function textsOf(files: readonly CaseFile[], lineEnd: string): Files {
  return Object.fromEntries(files.map((file) => [file.path, textOf(file, lineEnd)]));
}

/** A page that cannot be read fails in the tests of the pages. */
function readCases(page: string): readonly Case[] {
  try {
    return casesOf(readFileSync(path.join(root, page), 'utf8'));
  } catch {
    return [];
  }
}

/** All that is found in a project, and its texts, by path in the workspace. */
function analyse(files: Files, project: Root) {
  const workspace = openWorkspace(parser, files);
  workspace.setRoots([project]);
  const texts = new Map(Object.entries(files).map(([name, text]) => [pathOf(name), text]));
  const found = [...texts.keys()].flatMap((each) => workspace.diagnose(each));
  return { workspace, texts, found };
}

/** Which of several texts Python does not read, in one process. */
function unreadable(texts: readonly string[]): ReadonlySet<string> {
  const program =
    'import ast, json, sys, warnings\nwarnings.simplefilter("ignore")\nbad = []\n' +
    'for text in json.load(sys.stdin):\n    try:\n        ast.parse(text)\n' +
    '    except (SyntaxError, ValueError):\n        bad.append(text)\njson.dump(bad, sys.stdout)\n';
  const { stdout, status, stderr } = spawnSync('python3', ['-c', program], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`python3 failed: ${stderr}`);
  return new Set(JSON.parse(stdout));
}

const countOf = (found: readonly Diagnostic[]) => {
  const counts = new Map<string, number>();
  for (const { path: file, rule, fingerprint } of found) {
    const key = `${file} ${rule} ${baseOf(fingerprint)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

/** Comments inside of what an edit replaces that no new text has, here or where it was moved to. */
function lostComments(text: string, edits: readonly TextEdit[]): string[] {
  const { startOf } = linesOf(text);
  return readComments(text).comments.flatMap(({ start, end }) => {
    const comment = text.slice(start, end);
    const within = edits.find(({ range }) => {
      const from = startOf(range.start.line) + range.start.character;
      const to = startOf(range.end.line) + range.end.character;
      return from <= start && end <= to && from < to;
    });
    const isKept = edits.some(({ newText }) => newText.includes(comment));
    return within !== undefined && !isKept ? [comment] : [];
  });
}

interface Result {
  readonly name: string;
  readonly problems: string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function tryOne(one: Tried, diagnostic: Diagnostic): Result {
  const { texts, found } = analyse(one.files, one.project);
  const problems: string[] = [];
  const edits = diagnostic.fix?.edits ?? [];
  const mended = Object.fromEntries(
    Object.entries(one.files).map(([name, text]) => {
      const own = edits.filter((edit) => edit.path === pathOf(name));
      for (const comment of lostComments(text, own)) problems.push(`loses ${comment}`);
      return [name, applyEdits(text, own)];
    }),
  );
  const again = analyse(mended, one.project).found;
  const before = countOf(found);
  const after = countOf(again);
  const key = `${diagnostic.path} ${diagnostic.rule} ${baseOf(diagnostic.fingerprint)}`;
  if ((after.get(key) ?? 0) >= (before.get(key) ?? 0)) problems.push('its finding is still there');
  // A finding may change its words, as when a call gets another name: none may come on top.
  const rulesOf = (counts: ReadonlyMap<string, number>) => {
    const byRule = new Map<string, number>();
    for (const [each, count] of counts) {
      const rule = each.split(' ')[1] ?? '';
      byRule.set(rule, (byRule.get(rule) ?? 0) + count);
    }
    return byRule;
  };
  const had = rulesOf(before);
  for (const [rule, count] of rulesOf(after)) {
    const allowed = (had.get(rule) ?? 0) - (rule === diagnostic.rule ? 1 : 0);
    if (count > allowed) {
      const fresh = again.find((each) => each.rule === rule);
      problems.push(`new: ${rule}: ${fresh?.message}`);
    }
  }
  return {
    name: `${one.name} ${diagnostic.rule} at ${diagnostic.range.start.line + 1}`,
    problems,
    before: [...texts.values()],
    after: Object.values(mended),
  };
}

const results = tried.flatMap((one) =>
  analyse(one.files, one.project)
    .found.filter(({ fix }) => fix !== null)
    .map((diagnostic) => tryOne(one, diagnostic)),
);

describe('every fix alone', () => {
  test('there are some', () => expect(results.length).toBeGreaterThan(30));

  test('gives what Python reads', () => {
    const bad = unreadable([
      ...new Set(results.flatMap(({ before, after }) => [...before, ...after])),
    ]);
    const broken = results.filter(
      ({ before, after }) =>
        !before.some((text) => bad.has(text)) && after.some((text) => bad.has(text)),
    );
    expect(broken.map(({ name, after }) => `${name}\n${after.join('\n')}`)).toEqual([]);
  });

  test('takes its finding away, brings no other and loses no comment', () => {
    const wrong = results.filter(({ problems }) => problems.length > 0);
    expect(
      wrong.map(
        ({ name, problems, after }) => `${name}: ${problems.join('; ')}\n${after.join('\n')}`,
      ),
    ).toEqual([]);
  });
});

describe.each(['safe', 'quick'] as const)('all %s fixes of a project', (applicability) => {
  const runs = tried.flatMap((one) => {
    const { workspace, texts, found } = analyse(one.files, one.project);
    const isAny = found.some(({ fix }) => fix !== null);
    if (!isAny) return [];
    const fixed = fixTexts(workspace, texts, { applicability });
    const now = new Map([...texts].map(([file, text]) => [file, fixed.texts.get(file) ?? text]));
    return [{ one, workspace, texts, now, found }];
  });

  test('give what Python reads', () => {
    const bad = unreadable(runs.flatMap(({ texts, now }) => [...texts.values(), ...now.values()]));
    const broken = runs.filter(
      ({ texts, now }) =>
        ![...texts.values()].some((text) => bad.has(text)) &&
        [...now.values()].some((text) => bad.has(text)),
    );
    expect(broken.map(({ one, now }) => `${one.name}\n${[...now.values()].join('\n')}`)).toEqual(
      [],
    );
  });

  test('leave the workspace as it was', () => {
    for (const { one, workspace, texts, found } of runs) {
      const again = [...texts.keys()].flatMap((file) => workspace.diagnose(file));
      expect(again, one.name).toEqual(found);
    }
  });

  test('leave none over, and a second run changes nothing', () => {
    const wrong = runs.flatMap(({ one, now }) => {
      const { workspace, texts, found } = analyse(
        Object.fromEntries([...now].map(([file, text]) => [file.slice(pathOf('').length), text])),
        one.project,
      );
      const left = found.filter(
        ({ fix, path: file }) =>
          fix !== null &&
          (applicability === 'quick' || fix.applicability === 'safe') &&
          fix.edits.every((edit) => edit.path === file),
      );
      const second = fixTexts(workspace, texts, { applicability });
      return left.length === 0 && second.texts.size === 0
        ? []
        : [
            `${one.name}: ${left.map(({ message }) => message).join('; ')}\n${[...now.values()].join('\n')}`,
          ];
    });
    expect(wrong).toEqual([]);
  });
});

test('line ends make no difference', () => {
  const wrong = tried.flatMap((one) => {
    const flipped = (lineEnd: string) => {
      const files = Object.entries(one.files).map(([name, text]) => [
        name,
        text.replace(/\r?\n/g, lineEnd),
      ]);
      const { workspace, texts } = analyse(Object.fromEntries(files), one.project);
      const fixed = fixTexts(workspace, texts, { applicability: 'quick' });
      return [...texts].map(([file, text]) => fixed.texts.get(file) ?? text);
    };
    const windows = flipped('\r\n');
    const isMixed = windows.some((text) => /(?<!\r)\n/.test(text));
    const same = windows.map((text) => text.replaceAll('\r\n', '\n'));
    return !isMixed && same.join() === flipped('\n').join()
      ? []
      : [`${one.name}\n${windows.join('\n')}`];
  });
  expect(wrong).toEqual([]);
});

test('fingerprints know nothing of lines', () => {
  const wrong = tried.flatMap((one) => {
    const moved = Object.entries(one.files).map(([name, text]) => [
      name,
      `# one\n\n\n# two\n${text}`,
    ]);
    const before = analyse(one.files, one.project).found.map(({ fingerprint }) => fingerprint);
    const after = analyse(Object.fromEntries(moved), one.project).found.map(
      ({ fingerprint }) => fingerprint,
    );
    return before.join() === after.join() ? [] : [one.name];
  });
  expect(wrong).toEqual([]);
});
