/** Whether ruff would report a finding too: asked of the file's text and its own imports, which is all that ruff sees. */
import { RUFF_SECRET_NAME, type RuffCondition } from '../knowledge/ruff.ts';
import { type Binding, functionScope, moduleScope } from '../python/bindings.ts';
import { definitionsIn } from '../python/definitions.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import type { Expression } from '../syntax/nodes.ts';
import { allIds, fileShape, fileText } from '../syntax/source.ts';
import type { Diagnostic } from './diagnostic.ts';
import { type Lines, linesOf } from './lines.ts';

/** By path. */
const textLines = defineQuery<Lines>(
  'lines for ruff',
  (db, path) => linesOf(db.get(fileText, path)),
  () => false,
);

export function ruffReports(
  db: Reader,
  path: string,
  when: RuffCondition,
  diagnostic: Diagnostic,
): boolean {
  const text = db.get(fileText, path);
  const { start, end } = diagnostic.range;
  const lines = db.get(textLines, path);
  const from = lines.startOf(start.line) + start.character;
  const to = lines.startOf(end.line) + end.character;
  const found = text.slice(from, to);
  switch (when.kind) {
    case 'call': {
      const call = callAt(text, from, to, /([A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*)\s*\(/y);
      if (call === undefined) return false;
      if (when.isOneLine && text.slice(from, call.end).includes('\n')) return false;
      if (when.isDropped && /^\s*[.[]/.test(text.slice(call.end))) return false;
      return when.names.has(qualified(db, path, call.words[0] ?? '') ?? '');
    }
    case 'path-method': {
      const call = callAt(text, from, to, /([A-Za-z_][\w.]*)(\([^()]*\))?\.(\w+)\s*\(/y);
      if (call === undefined) return false;
      const [receiver = '', made, method = ''] = call.words;
      if (!when.names.has(method)) return false;
      return made === undefined
        ? db.get(namesOfPaths, path).has(receiver)
        : qualified(db, path, receiver) === 'pathlib.Path';
    }
    case 'secret':
      return isSecretOfRuff(diagnostic, found, text.slice(0, from), text.slice(to));
    case 'route': {
      const head = routeHead(text.slice(0, from), when.where);
      return head !== undefined && isMadeHere(db, path, head);
    }
  }
}

/**
 * The call that a finding is about: the pattern matches it up to its bracket, and the finding is the call or what is
 * called. `f(...).g(...)` is no call of `f`.
 */
function callAt(text: string, from: number, to: number, head: RegExp) {
  head.lastIndex = from;
  const match = head.exec(text);
  if (match === null) return undefined;
  const open = from + match[0].length - 1;
  const end = closingBracket(text, open) + 1;
  const isWhole = to === end;
  const isCallee = to <= open && text.slice(to, open).trim() === '';
  return isWhole || isCallee ? { words: match.slice(1), end } : undefined;
}

/** Where the bracket that opens there closes; the end of the text when it does not. */
function closingBracket(text: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let index = open; index < text.length; index++) {
    const unit = text[index] ?? '';
    if (quote !== '') {
      if (unit === '\\') index++;
      else if (unit === quote) quote = '';
    } else if (unit === '"' || unit === "'") quote = unit;
    else if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit) && --depth === 0) return index;
  }
  return text.length;
}

/** Calls `visit` with every name that the module or a function of it binds, and what it is bound to. */
function eachBinding(db: Reader, path: string, visit: (name: string, binding: Binding) => void) {
  const visitAll = (names: Readonly<Record<string, readonly Binding[]>>) => {
    for (const name in names) for (const binding of names[name] ?? []) visit(name, binding);
  };
  visitAll(db.get(moduleScope, path).names);
  for (const block of allIds(db.get(fileShape, path))) {
    for (const { id, node } of db.get(definitionsIn, block)) {
      if (node.type === 'function') visitAll(db.get(functionScope, id).names);
    }
  }
}

/**
 * By path: the full names that a file's own imports give to names; `null` where they differ from place to place.
 * Ruff resolves no others.
 */
const importedNames = defineQuery<ReadonlyMap<string, string | null>>(
  'imported names',
  (db, path) => {
    const found = new Map<string, string | null>();
    eachBinding(db, path, (name, binding) => {
      const full = nameOfImport(binding);
      if (full === undefined) return;
      found.set(name, found.has(name) && found.get(name) !== full ? null : full);
    });
    return found;
  },
);

/** By path: the names that are a `pathlib.Path` wherever the file binds them, as ruff can tell. */
const namesOfPaths = defineQuery<ReadonlySet<string>>('names of paths', (db, path) => {
  const found = new Set<string>();
  const others = new Set<string>();
  eachBinding(db, path, (name, binding) => {
    (isPath(db, path, binding) ? found : others).add(name);
  });
  return new Set([...found].filter((name) => !others.has(name)));
});

function isPath(db: Reader, path: string, binding: Binding): boolean {
  let type: Expression | undefined;
  if (binding.kind === 'parameter') type = binding.parameter.annotation;
  else if (binding.kind === 'value' && binding.unpack === undefined) {
    type = binding.value?.type === 'call' ? binding.value.callee : undefined;
  }
  const chain = type && chainOf(type);
  return chain !== undefined && qualified(db, path, chain) === 'pathlib.Path';
}

function nameOfImport(binding: Binding): string | undefined {
  if (binding.kind === 'module') return binding.module;
  if (binding.kind !== 'from') return undefined;
  return binding.level === 0 ? `${binding.module}.${binding.name}` : '';
}

/** `rq.get` after `import requests as rq` is `requests.get`; `open`, bound to nothing, is itself. */
function qualified(db: Reader, path: string, chain: string): string | undefined {
  const [head = '', ...rest] = chain.split('.').map((part) => part.trim());
  const imported = db.get(importedNames, path).get(head);
  if (imported === null || imported === '') return undefined;
  if (imported !== undefined) return [imported, ...rest].join('.');
  const isBound = db.get(moduleScope, path).names[head] !== undefined;
  return isBound || rest.length > 0 ? undefined : head;
}

/** S105, S106 and S107: a plain text beside `=`, `==` or `!=` and a name that looks like a secret's. */
function isSecretOfRuff({ data }: Diagnostic, literal: string, before: string, after: string) {
  const { name } = data;
  if (name === undefined || !/^[rRuU]?["']/.test(literal)) return false;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (!/=\s*$/.test(line) || /[<>:+\-*/%&|^@]=\s*$/.test(line)) return false;
  if (!/^[ \t]*(?:[,)#;:\r\n]|$)/.test(after)) return false;
  return RUFF_SECRET_NAME.test(name);
}

/** The name whose method decorates the route that a place is in. */
function routeHead(before: string, where: 'decorator' | 'signature'): string | undefined {
  const decorators = [...before.matchAll(/^[ \t]*@([A-Za-z_]\w*)\.[a-z]+\(/gm)];
  const last = decorators.at(-1);
  if (last === undefined) return undefined;
  const between = before.slice(last.index);
  const definitions = between.match(/^[ \t]*(?:async[ \t]+)?def[ \t]/gm)?.length ?? 0;
  return definitions === (where === 'decorator' ? 0 : 1) ? last[1] : undefined;
}

const MAKERS = new Set(['fastapi.FastAPI', 'fastapi.APIRouter']);

/** Ruff knows a route by an app or a router that the file itself makes. */
function isMadeHere(db: Reader, path: string, name: string): boolean {
  const bound = db.get(moduleScope, path).names[name];
  const [binding] = bound ?? [];
  if (bound?.length !== 1 || binding?.kind !== 'value' || binding.value?.type !== 'call')
    return false;
  const chain = chainOf(binding.value.callee);
  return chain !== undefined && MAKERS.has(qualified(db, path, chain) ?? '');
}

function chainOf(expression: Expression): string | undefined {
  if (expression.type === 'name') return expression.id;
  if (expression.type !== 'attribute') return undefined;
  const inner = chainOf(expression.object);
  return inner === undefined ? undefined : `${inner}.${expression.name}`;
}
