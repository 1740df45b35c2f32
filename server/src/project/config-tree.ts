/** Documents as trees that know where everything stands, so that a mistake can be shown at its word. */
import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';

/** Offsets in UTF-16 units, half open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Node =
  | { readonly kind: 'table'; readonly span: Span; readonly entries: readonly Entry[] }
  | { readonly kind: 'array'; readonly span: Span; readonly items: readonly Node[] }
  | { readonly kind: 'scalar'; readonly span: Span; readonly value: unknown };

export interface Entry {
  readonly name: string;
  readonly key: Span;
  readonly value: Node;
}

export type Parsed =
  | { readonly kind: 'document'; readonly root: Node }
  | { readonly kind: 'broken'; readonly offset: number; readonly message: string };

interface Table {
  readonly kind: 'table';
  span: Span;
  readonly entries: Entry[];
}

export function parseToml(text: string): Parsed {
  try {
    const root = emptyTable({ start: 0, end: text.length });
    for (const part of parseTOML(text, { tomlVersion: 'latest' }).body[0].body) {
      if (part.type === 'TOMLKeyValue') addPair(root, part);
      else addTable(root, part);
    }
    return { kind: 'document', root };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { kind: 'broken', offset: error.index, message: error.message };
  }
}

function addTable(root: Table, part: AST.TOMLTable): void {
  const keys = part.key.keys;
  const last = keys.at(-1);
  if (last === undefined) return;
  const around = descend(root, keys.slice(0, -1));
  let table: Table;
  if (part.kind === 'array') {
    // `[[name]]`: each is one more item of an array; what follows belongs to the last one.
    table = emptyTable(spanOf(part));
    const known = around.entries.find(({ name }) => name === nameOf(last))?.value;
    if (known?.kind === 'array') (known.items as Node[]).push(table);
    else
      around.entries.push({
        name: nameOf(last),
        key: spanOf(last),
        value: { kind: 'array', span: spanOf(part), items: [table] },
      });
  } else {
    table = descend(around, [last]);
  }
  for (const pair of part.body) addPair(table, pair);
}

function addPair(table: Table, { key, value }: AST.TOMLKeyValue): void {
  const last = key.keys.at(-1);
  if (last === undefined) return;
  const around = descend(table, key.keys.slice(0, -1));
  around.entries.push({ name: nameOf(last), key: spanOf(last), value: nodeOf(value) });
}

/** The table that the keys lead to, made on the way. */
function descend(from: Table, keys: readonly (AST.TOMLBare | AST.TOMLQuoted)[]): Table {
  let table = from;
  for (const key of keys) {
    const known = table.entries.find(({ name }) => name === nameOf(key))?.value;
    const inner = known?.kind === 'array' ? known.items.at(-1) : known;
    if (inner?.kind === 'table') {
      table = inner as Table;
      continue;
    }
    const made = emptyTable(spanOf(key));
    table.entries.push({ name: nameOf(key), key: spanOf(key), value: made });
    table = made;
  }
  return table;
}

function nodeOf(value: AST.TOMLContentNode): Node {
  if (value.type === 'TOMLArray') {
    return { kind: 'array', span: spanOf(value), items: value.elements.map(nodeOf) };
  }
  if (value.type === 'TOMLInlineTable') {
    const table = emptyTable(spanOf(value));
    for (const pair of value.body) addPair(table, pair);
    return table;
  }
  const span = spanOf(value);
  // The word alone is what a person reads and what a fix replaces.
  const isWord = value.kind === 'string' && !value.multiline;
  const inner = isWord ? { start: span.start + 1, end: span.end - 1 } : span;
  return { kind: 'scalar', span: inner, value: value.value };
}

const emptyTable = (span: Span): Table => ({ kind: 'table', span, entries: [] });

const nameOf = (key: AST.TOMLBare | AST.TOMLQuoted) =>
  key.type === 'TOMLBare' ? key.name : key.value;

function spanOf(node: AST.TOMLNode): Span {
  const [start, end] = node.range;
  const isQuoted = node.type === 'TOMLQuoted';
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

const NOWHERE: Span = { start: 0, end: 0 };

/** A value that came without a text: an editor's settings, a command line's options. */
export function treeOf(value: unknown): Node {
  if (Array.isArray(value)) return { kind: 'array', span: NOWHERE, items: value.map(treeOf) };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, each]) => ({
      name,
      key: NOWHERE,
      value: treeOf(each),
    }));
    return { kind: 'table', span: NOWHERE, entries };
  }
  return { kind: 'scalar', span: NOWHERE, value };
}

/** The entry of a table, by the names that lead to it. */
export function entryAt(root: Node, ...names: readonly string[]): Entry | undefined {
  let found: Entry | undefined;
  let node: Node | undefined = root;
  for (const name of names) {
    if (node?.kind !== 'table') return undefined;
    found = node.entries.find((entry) => entry.name === name);
    node = found?.value;
  }
  return found;
}
