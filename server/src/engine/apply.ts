/** Applies fixes: one, or all that fit together, again and again until there are none. */
import { diffArrays } from 'diff';
import type { Diagnostic, Fix, TextEdit } from './diagnostic.ts';
import { baseOf } from './fingerprint.ts';
import { linesOf } from './lines.ts';
import type { Applicability } from './rule.ts';
import type { Workspace } from './workspace.ts';

/** An edit at UTF-16 offsets of one text. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** The text after edits that do not overlap; equal ones count once. Throws a `RangeError` where they overlap. */
export function applyEdits(text: string, edits: readonly Omit<TextEdit, 'path'>[]): string {
  const splices: Splice[] = [];
  for (const splice of splicesOf(text, edits)) {
    if (splices.some((other) => isSame(splice, other))) continue;
    if (splices.some((other) => clash(splice, other))) throw new RangeError('edits overlap');
    splices.push(splice);
  }
  return splice(text, splices);
}

function splicesOf(text: string, edits: readonly Omit<TextEdit, 'path'>[]): Splice[] {
  const { startOf } = linesOf(text);
  return edits.map(({ range: { start, end }, newText }) => ({
    start: startOf(start.line) + start.character,
    end: startOf(end.line) + end.character,
    newText,
  }));
}

function splice(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const each of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(from, each.start), each.newText);
    from = each.end;
  }
  return parts.join('') + text.slice(from);
}

const isSame = (a: Splice, b: Splice) =>
  a.start === b.start && a.end === b.end && a.newText === b.newText;

/** Whether two edits of different fixes cannot be made at once; insertions at one place have no order. */
function clash(a: Splice, b: Splice): boolean {
  if (a.start === b.start) return a.end > a.start ? b.end > b.start : b.end === b.start;
  return a.start < b.end && b.start < a.end;
}

/** Texts of files by their path in the workspace. */
export type Texts = ReadonlyMap<string, string>;

export interface FixOptions {
  /** `quick`: the safe ones too. */
  readonly applicability: Applicability;
  /** Which of a file's findings are to be mended. All, unless told. */
  readonly select?: (path: string, found: readonly Diagnostic[]) => readonly Diagnostic[];
}

export interface Fixed {
  /** The files that differ. */
  readonly texts: Texts;
  /** How many fixes were applied to each of them. */
  readonly counts: ReadonlyMap<string, number>;
}

/** How many times the result is looked at again. A fix that waits for another needs one more; nothing needs many. */
const ROUNDS = 50;

/**
 * Applies the fixes of these files until there are none, and gives the new texts. The workspace sees the files in
 * between and has its old texts back at the end. A fix that changes another file is left out, and one after which Python
 * could not read the file any more: nobody should find that in their work, whoever wrote the rule.
 */
export function fixTexts(workspace: Workspace, texts: Texts, options: FixOptions): Fixed {
  const current = new Map(texts);
  let open = [...texts.keys()];
  const counts = new Map<string, number>();
  const budgets = createBudgets();
  try {
    for (let round = 0; round < ROUNDS && open.length > 0; round++) {
      const changed: [string, string][] = [];
      for (const path of open) {
        const text = current.get(path) ?? '';
        const found = workspace.diagnose(path);
        const wanted = options.select?.(path, found) ?? found;
        const { result, fixes } = soundly(workspace, path, text, budgets.of(path, wanted), options);
        if (result === text) continue;
        counts.set(path, (counts.get(path) ?? 0) + fixes.length);
        for (const { fingerprint } of fixes) budgets.spend(path, fingerprint);
        changed.push([path, result]);
      }
      for (const [path, text] of changed) {
        current.set(path, text);
        workspace.setText(path, text);
      }
      open = changed.map(([path]) => path);
    }
  } finally {
    for (const [path, text] of texts) {
      if (current.get(path) !== text) workspace.setText(path, text);
    }
  }
  const differing = [...current].filter(([path, text]) => texts.get(path) !== text);
  return { texts: new Map(differing), counts };
}

/** A file's text after the fixes that can be made at once, without those that would spoil it. */
function soundly(
  workspace: Workspace,
  path: string,
  text: string,
  found: readonly Diagnostic[],
  options: FixOptions,
): { readonly result: string; readonly fixes: readonly Diagnostic[] } {
  const after = (some: readonly Diagnostic[]) => {
    const { splices, fixes } = together(path, text, some, options);
    return { result: splice(text, splices), fixes };
  };
  const all = after(found);
  if (all.result === text || !spoils(workspace, path, text, all.result)) return all;
  const sound = after(
    all.fixes.filter((one) => !spoils(workspace, path, text, after([one]).result)),
  );
  return spoils(workspace, path, text, sound.result) ? { result: text, fixes: [] } : sound;
}

function spoils(workspace: Workspace, path: string, text: string, result: string): boolean {
  if (workspace.isBroken(path)) return false;
  workspace.setText(path, result);
  try {
    return workspace.isBroken(path);
  } finally {
    workspace.setText(path, text);
  }
}

/** One file's text after all fixes of a kind. */
export function fixText(
  workspace: Workspace,
  path: string,
  text: string,
  options: FixOptions,
): string {
  return fixTexts(workspace, new Map([[path, text]]), options).texts.get(path) ?? text;
}

/** The fixes of a file that can be made at once, the first first; what brings the same import shares it. */
function together(
  path: string,
  text: string,
  found: readonly Diagnostic[],
  { applicability }: FixOptions,
): { splices: Splice[]; fixes: Diagnostic[] } {
  const splices: Splice[] = [];
  const fixes: Diagnostic[] = [];
  for (const diagnostic of found) {
    const { fix } = diagnostic;
    if (!isApplicable(fix, applicability) || fix.edits.some((edit) => edit.path !== path)) continue;
    const own = splicesOf(text, fix.edits);
    const fresh = own.filter((each) => !splices.some((other) => isSame(each, other)));
    if (fresh.some((each) => splices.some((other) => clash(each, other)))) continue;
    splices.push(...fresh);
    fixes.push(diagnostic);
  }
  return { splices, fixes };
}

/**
 * How often each finding may still be mended: as often as it was there when it was first seen. A fix after which its own
 * finding stands as before is so applied once, not for ever.
 */
function createBudgets() {
  const left = new Map<string, number>();
  const keyOf = (path: string, fingerprint: string) => `${path}#${baseOf(fingerprint)}`;
  return {
    of(path: string, found: readonly Diagnostic[]): readonly Diagnostic[] {
      const counts = new Map<string, number>();
      for (const { fingerprint } of found) {
        const key = keyOf(path, fingerprint);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      for (const [key, count] of counts) if (!left.has(key)) left.set(key, count);
      return found.filter(({ fingerprint }) => (left.get(keyOf(path, fingerprint)) ?? 0) > 0);
    },
    spend(path: string, fingerprint: string): void {
      const key = keyOf(path, fingerprint);
      left.set(key, (left.get(key) ?? 0) - 1);
    },
  };
}

function isApplicable(fix: Fix | null, applicability: Applicability): fix is Fix {
  return fix !== null && (applicability === 'quick' || fix.applicability === 'safe');
}

/** The edits that make one text of another, whole lines at a time. */
export function editsBetween(path: string, before: string, after: string): TextEdit[] {
  const split = (text: string) => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
  const edits: TextEdit[] = [];
  const { rangeOf } = linesOf(before);
  let at = 0;
  let open: Splice | undefined;
  const close = () => {
    if (open !== undefined)
      edits.push({ path, range: rangeOf(open.start, open.end), newText: open.newText });
    open = undefined;
  };
  for (const { value, added, removed } of diffArrays(split(before), split(after))) {
    const text = value.join('');
    if (!added && !removed) close();
    else {
      open ??= { start: at, end: at, newText: '' };
      open = added
        ? { ...open, newText: open.newText + text }
        : { ...open, end: open.end + text.length };
    }
    if (!added) at += text.length;
  }
  close();
  return edits;
}
