/** Lowered nodes, whole files of them, as tests like to compare them. */
import { createDatabase } from '../../server/src/query/database.ts';
import { type Block, splitBlocks } from '../../server/src/syntax/blocks.ts';
import { type Lowered, lower } from '../../server/src/syntax/lower.ts';
import type { Node } from '../../server/src/syntax/nodes.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { blockId, lowered, parserInput, setFileText } from '../../server/src/syntax/source.ts';

/** A text parsed in one piece. */
export function lowerText(parser: Parser, text: string): Lowered {
  const tree = parser.parse(text);
  try {
    return lower(tree, text, 0);
  } finally {
    tree.free();
  }
}

/** Every node of any type inside a value, parents first. */
export function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const one of value) yield* nodesIn(one);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') yield value as Node;
  for (const part of Object.values(value)) yield* nodesIn(part);
}

/** Every block of a file, classes before their members. */
export function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => [block, ...allBlocks(block.members)]);
}

export interface ReadBlock {
  readonly block: Block;
  readonly lowered: Lowered;
}

/** A file as the analysis reads it: block by block. */
export function readBlocks(parser: Parser, text: string): ReadBlock[] {
  const db = createDatabase();
  db.set(parserInput, '', parser);
  setFileText(db, 'file', text);
  return allBlocks(splitBlocks(text)).map((block) => ({
    block,
    lowered: db.get(lowered, blockId('file', block.key)),
  }));
}

const PLACES: ReadonlySet<string> = new Set(
  'type start end nameStart argsStart parametersEnd contentStart'.split(' '),
);

/** Nodes in short: a name as itself, a literal as JSON, anything else with what it holds, places and empty parts left out. */
export function brief(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(brief).join(' ')}]`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const type = 'type' in value && typeof value.type === 'string' ? value.type : '';
  if (type === 'name' && 'id' in value) return String(value.id);
  if (type === 'number' && 'text' in value) return String(value.text);
  if (type === 'string' && 'value' in value && 'bytes' in value)
    return (value.bytes ? 'b' : '') + JSON.stringify(value.value);
  const parts = Object.entries(value)
    .filter(([key, part]) => !PLACES.has(key) && part !== false && !isEmpty(part))
    .map(([key, part]) => `${key}=${brief(part)}`);
  if (parts.length === 0) return type;
  return `${type}(${parts.join(', ')})`;
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
