/** Analyses a case as a project of its own and compares what is said, and what the fixes make of it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createWorkspace } from '../../server/src/engine/create.ts';
import type { Diagnostic, TextEdit } from '../../server/src/engine/diagnostic.ts';
import { linesOf } from '../../server/src/engine/lines.ts';
import type { Root } from '../../server/src/engine/workspace.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { createWasmParser } from '../../server/src/syntax/wasm.ts';
import { rootOf } from '../support/manifests.ts';
import { type Case, type CaseFile, type Expectation, isPythonFile, textOf } from './cases.ts';

/** Something that is not as the page says, at a 1-based line of the page. */
export interface Problem {
  readonly line: number;
  readonly text: string;
}

const require = createRequire(import.meta.url);

export function loadParser(): Promise<Parser> {
  const grammar = require.resolve('tree-sitter-python/package.json').replace(/package\.json$/, '');
  return createWasmParser({
    core: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(`${grammar}tree-sitter-python.wasm`),
  });
}

/** All that is wrong with a case. `rule` is the rule whose page it stands on: only its fixes are tried. */
export async function check(parser: Parser, rule: string, one: Case): Promise<readonly Problem[]> {
  const root = await rootWith(one.files);
  if (typeof root === 'string') return [{ line: one.line, text: root }];
  const found = analyse(parser, rule, one, root, one.lineEnd);
  const problems = [...found.problems];
  // Line ends are the editor's affair: nothing may depend on them.
  const other = one.lineEnd === '\n' ? '\r\n' : '\n';
  if (problems.length === 0 && analyse(parser, rule, one, root, other).problems.length > 0)
    problems.push({ line: one.line, text: `other findings with ${JSON.stringify(other)}` });
  const edits = found.diagnostics
    .filter((diagnostic) => diagnostic.rule === rule)
    .flatMap((diagnostic) => diagnostic.fix?.edits ?? []);
  const { fixed, hasNoFix } = one;
  if (hasNoFix && edits.length > 0)
    problems.push({ line: one.line, text: `a finding of ${rule} has a fix` });
  if (fixed === undefined) return problems;
  if (edits.length === 0)
    problems.push({ line: fixed.line, text: `no finding of ${rule} has a fix` });
  problems.push(...compareFixed(parser, one, fixed, edits));
  problems.push(...analyse(parser, rule, fixed, root, one.lineEnd).problems);
  return problems;
}

const ROOT = '/project';

interface Analysed {
  readonly diagnostics: readonly Diagnostic[];
  readonly problems: readonly Problem[];
}

/** What the manifests of a case pin, or why none can be read out of them. */
async function rootWith(files: readonly CaseFile[]): Promise<Root | string> {
  const texts = files.map((file) => [file.path, textOf(file, '\n')]);
  try {
    const root = await rootOf(ROOT, Object.fromEntries(texts));
    const isSaid = files.every(isPythonFile) || Object.keys(root.versions).length > 0;
    return isSaid ? root : 'what is no Python pins no version';
  } catch (error) {
    return String(error);
  }
}

function analyse(parser: Parser, rule: string, one: Case, root: Root, lineEnd: string): Analysed {
  const files = one.files.filter(isPythonFile);
  const problems: Problem[] = [];
  const workspace = createWorkspace({
    parser,
    onRuleFailure: (rule, error) => problems.push({ line: one.line, text: `${rule}: ${error}` }),
  });
  workspace.setRoots([root]);
  // A rule that is off by default speaks on its own page.
  if (RULES.some(({ name, level }) => name === rule && level === 'off')) {
    const settings = { folder: ROOT, config: { levels: { [rule]: 'info' } } } as const;
    workspace.setConfiguration(ROOT, { settings, files: [], ruff: [] });
  }
  for (const file of files) workspace.setText(`${ROOT}/${file.path}`, textOf(file, lineEnd));
  workspace.setLoaded(true);
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const said = workspace.diagnose(`${ROOT}/${file.path}`);
    diagnostics.push(...said);
    problems.push(...compare(file, said));
  }
  return { diagnostics, problems };
}

function compare(file: CaseFile, said: readonly Diagnostic[]): Problem[] {
  return file.lines.flatMap((line, index) => {
    const here = said.filter(({ range }) => range.start.line === index);
    const open = [...here];
    const missing = line.expected.filter((expected) => {
      const at = open.findIndex((diagnostic) => fits(file, expected, diagnostic));
      if (at !== -1) open.splice(at, 1);
      return at === -1;
    });
    if (missing.length === 0 && open.length === 0) return [];
    const text = [
      `  ${line.text}`,
      ...missing.map((expected) => `- ${show(expected)} (not found)`),
      ...open.map((diagnostic) => {
        const { level, rule, message } = diagnostic;
        return `+ ${show({ level, rule, on: underlined(file, diagnostic) })} (not expected) ${message}`;
      }),
    ].join('\n');
    return { line: line.page, text };
  });
}

function fits(file: CaseFile, { level, rule, on }: Expectation, diagnostic: Diagnostic): boolean {
  if (diagnostic.level !== level || diagnostic.rule !== rule) return false;
  return on === undefined || underlined(file, diagnostic) === on;
}

/** The text that is underlined; of more than one line, the first. */
function underlined(file: CaseFile, { range }: { range: Diagnostic['range'] }): string {
  const { start, end } = range;
  const line = file.lines[start.line]?.text ?? '';
  return line.slice(start.character, end.line === start.line ? end.character : undefined);
}

function show({ level, rule, on }: { level: string; rule: string; on?: string }): string {
  return `${level}: [${rule}]${on === undefined ? '' : ` on ${JSON.stringify(on)}`}`;
}

function compareFixed(
  parser: Parser,
  one: Case,
  fixed: Case,
  edits: readonly TextEdit[],
): Problem[] {
  return one.files.filter(isPythonFile).flatMap((file) => {
    const own = edits.filter(({ path }) => path === `${ROOT}/${file.path}`);
    const made = apply(textOf(file, one.lineEnd), own);
    if (made === undefined) return { line: fixed.line, text: 'the fixes overlap' };
    const tree = parser.parse(made);
    const isBroken = tree.hasError;
    tree.free();
    const problems: Problem[] = isBroken ? [{ line: fixed.line, text: 'it does not parse' }] : [];
    const wanted = fixed.files.find(({ path }) => path === file.path);
    if (wanted === undefined) {
      // A file that stays as it is need not be written twice.
      return own.length === 0
        ? problems
        : [...problems, { line: fixed.line, text: `${file.path} is changed too:\n${made}` }];
    }
    return [...problems, ...differences(wanted, made, one.lineEnd)];
  });
}

/** The text with the edits, each kind once (two fixes may bring the same import); nothing where they overlap. */
export function apply(text: string, edits: readonly TextEdit[]): string | undefined {
  const lines = linesOf(text);
  const placed = edits.map(({ range, newText }) => ({
    start: lines.startOf(range.start.line) + range.start.character,
    end: lines.startOf(range.end.line) + range.end.character,
    newText,
  }));
  const once = [...new Map(placed.map((edit) => [JSON.stringify(edit), edit])).values()];
  once.sort((a, b) => a.start - b.start || a.end - b.end);
  let made = '';
  let done = 0;
  for (const { start, end, newText } of once) {
    if (start < done) return undefined;
    made += text.slice(done, start) + newText;
    done = end;
  }
  return made + text.slice(done);
}

/** Where what the fix makes first leaves what the page says, and the rest of both. */
function differences(wanted: CaseFile, made: string, lineEnd: string): Problem[] {
  if (made === textOf(wanted, lineEnd)) return [];
  const expected = wanted.lines.map(({ text }) => text);
  const got = made.split(lineEnd);
  if (got.at(-1) === '') got.pop();
  let at = 0;
  while (at < expected.length && expected[at] === got[at]) at++;
  let tail = 0;
  while (
    tail < Math.min(expected.length, got.length) - at &&
    expected.at(-1 - tail) === got.at(-1 - tail)
  )
    tail++;
  const line = wanted.lines[Math.min(at, wanted.lines.length - 1)]?.page ?? 0;
  const text = [
    'the fix makes something else:',
    ...expected.slice(at, expected.length - tail).map((one) => `- ${printable(one)}`),
    ...got.slice(at, got.length - tail).map((one) => `+ ${printable(one)}`),
  ];
  return [{ line, text: text.join('\n') }];
}

/** Tabs and stray carriage returns made visible. */
function printable(line: string): string {
  return line.replaceAll('\t', '→').replaceAll('\r', '␍');
}
