import { describe, expect, test } from 'vitest';
import { applyEdits, editsBetween, fixText, fixTexts } from '../../server/src/engine/apply.ts';
import type { Diagnostic, TextEdit } from '../../server/src/engine/diagnostic.ts';
import { linesOf } from '../../server/src/engine/lines.ts';
import type { Workspace } from '../../server/src/engine/workspace.ts';

type Edit = Omit<TextEdit, 'path'>;

const at = (text: string, start: number, end: number, newText: string): Edit => ({
  range: linesOf(text).rangeOf(start, end),
  newText,
});

describe('edits', () => {
  const text = 'one\r\ntwo\nthree 😀 four';
  test.each([
    ['none', [], text],
    ['in any order', [at(text, 5, 8, '2'), at(text, 0, 3, '1')], '1\r\n2\nthree 😀 four'],
    ['at one place, in the order given', [at(text, 0, 0, 'a'), at(text, 0, 0, 'b')], undefined],
    ['the same twice', [at(text, 0, 0, 'a'), at(text, 0, 0, 'a')], `a${text}`],
    [
      'an insertion before a replacement',
      [at(text, 0, 3, '1'), at(text, 0, 0, '0')],
      '01\r\ntwo\nthree 😀 four',
    ],
    [
      'an insertion after a replacement',
      [at(text, 3, 3, '!'), at(text, 0, 3, '1')],
      '1!\r\ntwo\nthree 😀 four',
    ],
    ['beyond the first plane', [at(text, 15, 17, 'x')], 'one\r\ntwo\nthree x four'],
    ['at the end', [at(text, text.length, text.length, '\n')], `${text}\n`],
    ['that overlap', [at(text, 0, 4, ''), at(text, 3, 5, '')], undefined],
    ['one inside another', [at(text, 0, 8, ''), at(text, 3, 5, '')], undefined],
    ['an insertion inside a replacement', [at(text, 0, 3, ''), at(text, 1, 1, 'x')], undefined],
  ])('%s', (_, edits, expected) => {
    if (expected === undefined) expect(() => applyEdits(text, edits)).toThrow(RangeError);
    else expect(applyEdits(text, edits)).toBe(expected);
  });
});

describe('edits between two texts', () => {
  test.each([
    ['', ''],
    ['a\n', 'a\n'],
    ['a\n', ''],
    ['', 'a\n'],
    ['a\nb\nc\n', 'a\nB\nc\n'],
    ['a\nb\nc', 'x\na\nb\nc'],
    ['a\nb\nc', 'a\nb\nc\n'],
    ['a\r\nb\r\nc', 'a\r\nx\r\nc'],
    ['a\r\nb\r\n', 'a\nb\n'],
    ['a\rb\rc', 'a\rc'],
    ['a\nb\nc\nd\ne\n', 'b\nc2\nd\nf\ne\ng\n'],
  ])('%j and %j', (before, after) => {
    const edits = editsBetween('p', before, after);
    expect(applyEdits(before, edits)).toBe(after);
    if (before === after) expect(edits).toEqual([]);
  });

  test('touch no line that stays', () => {
    expect(editsBetween('p', 'a\nb\nc\n', 'a\nB\nc\nd\n')).toEqual([
      { path: 'p', range: linesOf('a\nb\nc\n').rangeOf(2, 4), newText: 'B\n' },
      { path: 'p', range: linesOf('a\nb\nc\n').rangeOf(6, 6), newText: 'd\n' },
    ]);
  });
});

/** A workspace that finds what `rules` find in a text; each gives offsets and a replacement, and edits beside it. */
function workspaceOf(
  find: (text: string, path: string) => { rule: string; edits: Edit[]; safe?: boolean }[],
): Workspace & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  const nothing = () => undefined;
  const workspace: Partial<Workspace> & { texts: Map<string, string> } = {
    texts,
    setText: (path, text) => void texts.set(path, text),
    paths: () => [...texts.keys()],
    isBroken: (path) => texts.get(path)?.includes('!!') ?? false,
    diagnose(path) {
      const text = texts.get(path) ?? '';
      const seen = new Map<string, number>();
      return find(text, path).map(({ rule, edits, safe = true }): Diagnostic => {
        const count = seen.get(rule) ?? 0;
        seen.set(rule, count + 1);
        return {
          rule,
          level: 'error',
          path,
          range: linesOf(text).rangeOf(0, 0),
          message: rule,
          messageId: 'm',
          data: {},
          related: [],
          fix: {
            title: rule,
            applicability: safe ? 'safe' : 'quick',
            edits: edits.map((edit) => ({ ...edit, path })),
          },
          fingerprint: count === 0 ? rule : `${rule}-${count}`,
        };
      });
    },
    setLoaded: nothing,
    setCheckpoint: nothing,
  };
  return workspace as Workspace & { texts: Map<string, string> };
}

/** Each of these words is a finding of the rule, mended by that text. */
const words =
  (rule: string, word: string, newText: string, safe = true) =>
  (text: string) =>
    [...text.matchAll(new RegExp(`\\b${word}\\b`, 'g'))].map(({ index }) => ({
      rule,
      safe,
      edits: [at(text, index, index + word.length, newText)],
    }));

describe('fixing a text', () => {
  const fix = (
    workspace: ReturnType<typeof workspaceOf>,
    text: string,
    applicability: 'safe' | 'quick' = 'safe',
  ) => {
    workspace.setText('p', text);
    const fixed = fixText(workspace, 'p', text, { applicability });
    expect(workspace.texts.get('p')).toBe(text);
    return fixed;
  };

  test('mends everything', () => {
    expect(fix(workspaceOf(words('r', 'a', 'b')), 'a a x a')).toBe('b b x b');
  });

  test('leaves out what Python could not read, and what only spoils it together', () => {
    const workspace = workspaceOf((text) => [
      ...words('r', 'a', '!!')(text),
      ...words('s', 'x', 'y')(text),
    ]);
    expect(fix(workspace, 'a x a')).toBe('a y a');
    const both = workspaceOf((text) => [
      ...words('r', 'a', '!')(text),
      ...words('s', 'x', '!')(text),
    ]);
    expect(fix(both, 'a x')).toBe('! !');
    const beside = (text: string) =>
      text === 'ax'
        ? [0, 1].map((index) => ({ rule: `r${index}`, edits: [at(text, index, index + 1, '!')] }))
        : [];
    expect(fix(workspaceOf(beside), 'ax')).toBe('ax');
  });

  test('mends what was broken before', () => {
    expect(fix(workspaceOf(words('r', 'a', 'b')), '!! a')).toBe('!! b');
  });

  test('only what is safe, unless told', () => {
    const workspace = workspaceOf((text) => [
      ...words('r', 'a', 'b', false)(text),
      ...words('s', 'x', 'y')(text),
    ]);
    expect(fix(workspace, 'a x')).toBe('a y');
    expect(fix(workspace, 'a x', 'quick')).toBe('b y');
  });

  test('one after the other where they overlap', () => {
    const workspace = workspaceOf((text) =>
      text.includes('(a(b))')
        ? [
            { rule: 'outer', edits: [at(text, 0, text.length, '[a(b)]')] },
            { rule: 'inner', edits: [at(text, text.indexOf('b'), text.indexOf('b') + 1, 'c')] },
          ]
        : words('inner', 'b', 'c')(text),
    );
    expect(fix(workspace, '(a(b))')).toBe('[a(c)]');
  });

  test('brings a shared import once, and two imports in their order', () => {
    const workspace = workspaceOf((text) =>
      ['one', 'two'].flatMap((name) =>
        [...text.matchAll(new RegExp(`${name}!`, 'g'))].map(({ index }) => {
          const line = `import ${name}\n`;
          const before =
            name === 'two' && text.startsWith('import one\n') ? 'import one\n'.length : 0;
          const edits = [at(text, index, index + name.length + 1, name)];
          return {
            rule: name,
            edits: text.includes(line) ? edits : [at(text, before, before, line), ...edits],
          };
        }),
      ),
    );
    expect(fix(workspace, 'one! two! one! two!')).toBe('import one\nimport two\none two one two');
  });

  test('what a fix brings to light', () => {
    const workspace = workspaceOf((text) => [
      ...words('r', 'a', 'b')(text),
      ...words('s', 'b', 'c')(text),
    ]);
    expect(fix(workspace, 'a')).toBe('c');
  });

  test('ends when a fix does not take its finding away', () => {
    expect(fix(workspaceOf(words('r', 'a', 'f(a)')), 'a a')).toBe('f(a) f(a)');
  });

  test('ends when two fixes undo each other', () => {
    const workspace = workspaceOf((text) => [
      ...words('r', 'a', 'b')(text),
      ...words('s', 'b', 'a')(text),
    ]);
    expect(['a', 'b']).toContain(fix(workspace, 'a'));
  });

  test('restores the texts when the analysis is cancelled', () => {
    const workspace = workspaceOf((text) => {
      if (text === 'b') throw new Error('cancelled');
      return words('r', 'a', 'b')(text);
    });
    workspace.setText('p', 'a');
    expect(() => fixText(workspace, 'p', 'a', { applicability: 'safe' })).toThrow('cancelled');
    expect(workspace.texts.get('p')).toBe('a');
  });

  test('leaves out a fix of another file, and counts the others', () => {
    const workspace = workspaceOf((text, path) => (path === 'q' ? [] : words('r', 'a', 'b')(text)));
    const texts = new Map([
      ['p', 'a a'],
      ['q', 'a'],
    ]);
    for (const [path, text] of texts) workspace.setText(path, text);
    const { diagnose } = workspace;
    workspace.diagnose = (path) =>
      diagnose(path).map((each, index) =>
        index === 0 && each.fix
          ? {
              ...each,
              fix: { ...each.fix, edits: each.fix.edits.map((edit) => ({ ...edit, path: 'q' })) },
            }
          : each,
      );
    const fixed = fixTexts(workspace, texts, { applicability: 'safe' });
    expect([...fixed.texts]).toEqual([['p', 'a b']]);
    expect([...fixed.counts]).toEqual([['p', 1]]);
  });
});
