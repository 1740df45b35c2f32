/** One forbidden import: `file` (relative to server/src) must not import `specifier`. */
export interface Violation {
  readonly file: string;
  readonly specifier: string;
  readonly why: string;
}

/** A folder may import itself and the folders before it. */
const order = ['syntax', 'python', 'project', 'fastapi', 'rules', 'engine', 'lsp', 'cli'] as const;

/** Data, the memo engine and the format of the curriculum: any folder may use them, and they use nothing. */
const leaves = ['knowledge', 'query', 'curriculum'];

/** The faces; only they (and the entries beside the folders) may know Node, VS Code or the protocol. */
const faces = ['lsp', 'cli'];

/**
 * A rule is written in the engine's words (`defineRule`, a diagnostic's shape), while the engine runs rules: these two
 * files alone may be imported against the arrow.
 */
const vocabulary = ['engine/rule.ts', 'engine/diagnostic.ts'];

/** Packages that are neither Node's nor a platform's and that the analysis may use. */
const isPlatform = (specifier: string) =>
  specifier.startsWith('node:') ||
  specifier === 'vscode' ||
  /^vscode-(languageserver|languageclient|jsonrpc)/.test(specifier);

const isTreeSitter = (specifier: string) => /^(web-)?tree-sitter/.test(specifier);

/**
 * The forbidden imports of one file. `file` is relative to server/src with `/` between its parts; a test file is
 * outside the picture and has none.
 */
export function violations(file: string, source: string): readonly Violation[] {
  if (file.endsWith('.test.ts')) return [];
  return importsOf(source).flatMap((specifier) => {
    const why = whyForbidden(file, specifier);
    return why === undefined ? [] : [{ file, specifier, why }];
  });
}

function whyForbidden(file: string, specifier: string): string | undefined {
  const from = folderOf(file);
  if (!specifier.startsWith('.')) return whyPackageForbidden(from, specifier);
  const target = resolve(file, specifier);
  if (target.startsWith('../../client/')) return 'the server never imports the client';
  // An entry (a file beside the folders) wires everything together.
  if (from === undefined) return undefined;
  if (target.startsWith('../')) return 'a folder of server/src imports only server/src';
  const to = folderOf(target);
  if (to === undefined) return 'the entries import the folders, never the other way round';
  const owner = categoryOf(target);
  if (target.startsWith('fastapi/') && owner !== undefined && categoryOf(file) !== owner)
    return `what only the rules of ${owner} ask is asked by them alone; what others ask too stands beside the folders`;
  if (to === from) return undefined;
  if (leaves.includes(from)) return `${from} imports nothing`;
  if (leaves.includes(to)) return undefined;
  if (from === 'rules' && vocabulary.includes(target)) return undefined;
  const [fromIndex, toIndex] = [indexOf(from), indexOf(to)];
  if (fromIndex === -1) return `${from} is not a folder of the picture`;
  if (toIndex === -1) return `${to} is not a folder of the picture`;
  if (faces.includes(from) && faces.includes(to)) return 'one face does not import another';
  return toIndex < fromIndex ? undefined : `${to} is right of ${from}`;
}

/** Folders of `fastapi` that many ask: what functions do, what loops repeat, and applications as they are served. */
const shared = ['effects', 'loops', 'running'];

/** The category of rules that a rule is in, or that a folder of `fastapi` answers. */
function categoryOf(file: string): string | undefined {
  const [, folder, category] = /^(fastapi|rules)\/([a-z]+)\//.exec(file) ?? [];
  return folder === 'fastapi' && shared.includes(category ?? '') ? undefined : category;
}

function whyPackageForbidden(from: string | undefined, specifier: string): string | undefined {
  if (from !== undefined && leaves.includes(from)) return `${from} imports nothing`;
  if (isTreeSitter(specifier) && from !== 'syntax') return 'only syntax imports tree-sitter';
  const isFace = from === undefined || faces.includes(from);
  if (!isFace && isPlatform(specifier)) return 'the analysis runs in a web worker as it is';
  if (from === 'lsp' && specifier.startsWith('node:')) return 'the server runs in a web worker too';
  return undefined;
}

const indexOf = (folder: string) => order.indexOf(folder as (typeof order)[number]);

function folderOf(file: string): string | undefined {
  const slash = file.indexOf('/');
  return slash === -1 ? undefined : file.slice(0, slash);
}

function resolve(file: string, specifier: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Every module a source names: static and dynamic imports, re-exports, `require`, in code only. */
export function importsOf(source: string): readonly string[] {
  const code = withoutComments(source);
  const patterns = [
    /(?:^|[;\n])\s*(?:import|export)\b[^;'"`]*?\bfrom\s*(['"])([^'"]+)\1/g,
    /(?:^|[;\n])\s*import\s*(['"])([^'"]+)\1/g,
    /\b(?:import|require)\s*\(\s*(['"`])([^'"`]+)\1/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[2] ?? ''));
}

/** Strings are matched first, so that `//` inside one is not taken for a comment. */
function withoutComments(source: string): string {
  const token =
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return source.replace(token, (text) => (text.startsWith('/') ? ' ' : text));
}
