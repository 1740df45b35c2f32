/** VS Code's own tokenizer and Python grammar, from where the editor tests install them, with our injections. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { installEditor } from '../vscode/install.mjs';

interface Token {
  readonly startIndex: number;
  readonly endIndex: number;
  readonly scopes: readonly string[];
}

interface Grammar {
  tokenizeLine(line: string, state: unknown): { tokens: readonly Token[]; ruleStack: unknown };
}

interface Textmate {
  readonly INITIAL: unknown;
  readonly Registry: new (options: {
    onigLib: Promise<unknown>;
    loadGrammar(scope: string): Promise<object | null>;
    getInjections(scope: string): readonly string[];
  }) => { loadGrammar(scope: string): Promise<Grammar | null> };
}

interface Oniguruma {
  loadWASM(bytes: Uint8Array): Promise<void>;
  createOnigScanner(sources: readonly string[]): object;
  createOnigString(text: string): object;
}

interface Contributed {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo: readonly string[];
}

const root = path.resolve(import.meta.dirname, '../..');

/** Gives what tells of every part of a text that one of our scopes is on. */
export async function createTokenizer(): Promise<(text: string) => string> {
  const { entry } = await installEditor(() => {});
  const editor = path.resolve(entry, '../../../lib/vscode');
  const load = createRequire(path.join(editor, 'package.json'));
  const textmate: Textmate = load('vscode-textmate');
  const oniguruma: Oniguruma = load('vscode-oniguruma');
  const wasm = path.join(path.dirname(load.resolve('vscode-oniguruma')), 'onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));

  const ours = contributedGrammars();
  const syntaxes = path.join(editor, 'extensions/python/syntaxes');
  const files = new Map<string, string>([
    ['source.python', path.join(syntaxes, 'MagicPython.tmLanguage.json')],
    ['source.regexp.python', path.join(syntaxes, 'MagicRegExp.tmLanguage.json')],
    ...ours.map((each): [string, string] => [each.scopeName, path.join(root, each.path)]),
  ]);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve(oniguruma),
    async loadGrammar(scope) {
      const file = files.get(scope);
      return file === undefined ? null : JSON.parse(readFileSync(file, 'utf8'));
    },
    getInjections: (scope) =>
      ours.filter((each) => each.injectTo.includes(scope)).map((each) => each.scopeName),
  });
  const grammar = await registry.loadGrammar('source.python');
  if (grammar === null) throw new Error('VS Code has no grammar of Python');
  return (text) => describeTokens(text, grammar, textmate.INITIAL);
}

function contributedGrammars(): readonly Contributed[] {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).contributes.grammars;
}

function describeTokens(text: string, grammar: Grammar, initial: unknown): string {
  const said: string[] = [];
  let state = initial;
  for (const [index, line] of text.split('\n').entries()) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    const own = tokens.flatMap(({ startIndex, endIndex, scopes }) => {
      const scope = scopes.filter((each) => /\.fastapi(-mentor)?$/.test(each)).join(' ');
      return scope === ''
        ? []
        : [`    ${JSON.stringify(line.slice(startIndex, endIndex))} ${scope}`];
    });
    if (own.length > 0) said.push(`${index + 1}: ${line.trim()}`, ...own);
  }
  return `${said.join('\n')}\n`;
}
