/** What must hold of the analysis on any Python at all. */
import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic, TextEdit } from '../../server/src/engine/diagnostic.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { type Checkout, openCheckout, type SourceFile } from './checkout.ts';
import { compilable } from './compile.ts';
import { applyEdits, faultOf, linesIn } from './text.ts';

export interface CorpusResult {
  /** For a person to read. */
  readonly report: readonly string[];
  readonly violations: readonly string[];
}

type Found = ReadonlyMap<string, readonly Diagnostic[]>;

interface Run {
  readonly found: Found;
  /** In milliseconds, by path; the first to ask pays for what files share. */
  readonly took: ReadonlyMap<string, number>;
}

const SLOWEST = 8;

export async function checkCorpus(checkout: Checkout, parser: Parser): Promise<CorpusResult> {
  const violations: string[] = [];
  const say = (where: string, what: string) => violations.push(`${where}: ${what}`);
  const forward = runOver(checkout, parser, checkout.files, say);
  const again = runOver(checkout, parser, checkout.files, () => undefined);
  const backward = runOver(checkout, parser, checkout.files.toReversed(), () => undefined);
  for (const { path, relative } of checkout.files) {
    const found = forward.found.get(path);
    if (!isDeepStrictEqual(found, again.found.get(path)))
      say(relative, 'a second run says something else');
    if (!isDeepStrictEqual(found, backward.found.get(path)))
      say(relative, 'the other way round it says something else');
  }
  checkPlaces(checkout, forward.found, say);
  const fixes = await checkFixes(checkout, parser, forward.found, say);
  return { report: [...reportOf(checkout, forward), fixes], violations };
}

type Say = (where: string, what: string) => void;

function runOver(checkout: Checkout, parser: Parser, files: readonly SourceFile[], say: Say): Run {
  const failed = new Map<string, string>();
  const onRuleFailure = (rule: string, error: unknown) => void failed.set(rule, trace(error));
  const workspace = openCheckout(checkout, { parser, onRuleFailure }, files);
  const found = new Map<string, readonly Diagnostic[]>();
  const took = new Map<string, number>();
  for (const { path, relative } of files) {
    const started = performance.now();
    try {
      found.set(path, workspace.diagnose(path));
    } catch (error) {
      say(relative, `the analysis throws: ${trace(error)}`);
    }
    took.set(path, performance.now() - started);
    for (const [rule, why] of failed) say(relative, `the rule ${rule} fails: ${why}`);
    failed.clear();
  }
  return { found, took };
}

function trace(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.stack ?? error.message)
    .split('\n')
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' < ');
}

function checkPlaces(checkout: Checkout, found: Found, say: Say): void {
  const lines = new Map(checkout.files.map(({ path, text }) => [path, linesIn(text)]));
  for (const { path, relative } of checkout.files) {
    for (const one of found.get(path) ?? []) {
      const places = [
        { what: 'it', path: one.path, range: one.range },
        ...one.related.map((each) => ({ ...each, what: 'a related place' })),
        ...(one.fix?.edits ?? []).map((each) => ({ ...each, what: 'an edit of its fix' })),
      ];
      if (one.path !== path) say(relative, `${one.rule} speaks of another file`);
      for (const place of places) {
        const fault = faultOf(place.range, lines.get(place.path) ?? []);
        if (fault !== undefined) say(relative, `${one.rule}: ${place.what} ${fault}`);
      }
    }
  }
}

/** Each fix alone: it applies, what it gives still compiles, and it brings nothing new to complain of. */
async function checkFixes(
  checkout: Checkout,
  parser: Parser,
  found: Found,
  say: Say,
): Promise<string> {
  const texts = new Map(checkout.files.map((file) => [file.path, file]));
  const tries: { readonly where: string; readonly before: string; readonly after: string }[] = [];
  const workspace = openCheckout(checkout, { parser });
  let count = 0;
  for (const diagnostics of found.values()) {
    for (const one of diagnostics) {
      if (one.fix === null) continue;
      count++;
      const edits = byPath(one.fix.edits);
      const at = `${texts.get(one.path)?.relative}:${one.range.start.line + 1}`;
      if (edits.size === 0) say(at, `${one.rule}: its fix changes nothing`);
      for (const [path, ofFile] of edits) {
        const file = texts.get(path);
        if (file === undefined) {
          say(at, `${one.rule}: its fix edits a file that is not there`);
          continue;
        }
        try {
          const after = applyEdits(file.text, ofFile);
          tries.push({ where: `${at}: ${one.rule}`, before: file.text, after });
          workspace.setText(path, after);
        } catch (error) {
          say(at, `${one.rule}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      const known = new Set(diagnostics.map(({ fingerprint }) => fingerprint));
      const left = workspace.diagnose(one.path);
      for (const { rule, fingerprint } of left) {
        if (!known.has(fingerprint)) say(at, `${one.rule}: its fix brings ${rule}`);
      }
      if (left.length >= diagnostics.length) say(at, `${one.rule}: its fix does not mend it`);
      for (const path of edits.keys()) workspace.setText(path, texts.get(path)?.text ?? '');
    }
  }
  const answers = await compilable(tries.flatMap(({ before, after }) => [before, after]));
  if (answers === undefined) return `fixes: ${count}; not compiled: there is no python3`;
  let compared = 0;
  for (const [index, { where }] of tries.entries()) {
    if (answers[index * 2] !== true) continue;
    compared++;
    if (answers[index * 2 + 1] !== true) say(where, 'its fix gives Python that does not compile');
  }
  return `fixes: ${count}; ${compared} of ${tries.length} changed files compiled before and were compiled after`;
}

function byPath(edits: readonly TextEdit[]): Map<string, TextEdit[]> {
  const files = new Map<string, TextEdit[]>();
  for (const edit of edits) files.set(edit.path, [...(files.get(edit.path) ?? []), edit]);
  return files;
}

function reportOf(checkout: Checkout, { found, took }: Run): string[] {
  const levels = ['error', 'warning', 'info', 'hint'];
  const counts = new Map<string, Map<string, number>>();
  for (const { rule, level } of [...found.values()].flat()) {
    const row = counts.get(rule) ?? new Map<string, number>();
    row.set(level, (row.get(level) ?? 0) + 1);
    counts.set(rule, row);
  }
  const lines = checkout.files.map(({ text }) => linesIn(text).length);
  const total = lines.reduce((sum, each) => sum + each, 0);
  const time = [...took.values()].reduce((sum, each) => sum + each, 0);
  const report = [`${checkout.files.length} files, ${total} lines, ${time.toFixed(0)} ms`];
  for (const [rule, row] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const numbers = levels.flatMap((level) =>
      row.has(level) ? [`${row.get(level)} ${level}`] : [],
    );
    report.push(`${rule}: ${numbers.join(', ')}`);
  }
  const slowest = checkout.files
    .map((file, index) => ({ file, lines: lines[index] ?? 0, time: took.get(file.path) ?? 0 }))
    .sort((a, b) => b.time - a.time)
    .slice(0, SLOWEST);
  report.push('slowest (the first to ask pays for what files share):');
  for (const each of slowest) {
    report.push(
      `  ${each.time.toFixed(1).padStart(8)} ms  ${each.file.relative} (${each.lines} lines)`,
    );
  }
  return report;
}
