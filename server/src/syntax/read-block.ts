import { type Lowered, lower } from './lower.ts';
import type { Expression } from './nodes.ts';
import type { Parser, SyntaxTree, TextChange } from './parser.ts';
import { readPlain } from './plain/block.ts';
import type { BlockSource } from './source.ts';

/** From this size on a block's tree is kept, so that an edit in it reparses only what it touches. */
const LARGE = 20_000;
/** How many large blocks' trees are alive at once. */
const KEPT = 4;

interface Kept {
  readonly text: string;
  readonly tree: SyntaxTree;
}

export interface BlockReader {
  /** Parses and lowers a block. The result depends on the source only; `id` names it for reuse of its last tree. */
  read(id: string, source: BlockSource): Lowered;
}

const readers = new WeakMap<Parser, BlockReader>();

/** The one reader of a parser. */
export function createBlockReader(parser: Parser): BlockReader {
  const existing = readers.get(parser);
  if (existing !== undefined) return existing;
  const kept = new Map<string, Kept>();
  const reader: BlockReader = {
    read(id, source) {
      const plain = readPlain(source);
      if (plain !== undefined) return { body: [plain], errors: [] };
      if (source.text.length < LARGE) return parseBlock(parser, source);
      const { text, shift } = standalone(source);
      const tree = reparse(parser, kept.get(id), text);
      kept.delete(id);
      kept.set(id, { text, tree });
      for (const [oldest, { tree: old }] of kept) {
        if (kept.size <= KEPT) break;
        kept.delete(oldest);
        old.free();
      }
      return unwrap(lower(tree, text, shift), shift);
    },
  };
  readers.set(parser, reader);
  return reader;
}

/** What the parser alone reads. */
export function parseBlock(parser: Parser, source: BlockSource): Lowered {
  const { text, shift } = standalone(source);
  const tree = parser.parse(text);
  try {
    return unwrap(lower(tree, text, shift), shift);
  } finally {
    tree.free();
  }
}

/** What makes a block a file of its own: a class around a member, a body below a header. */
function standalone(source: BlockSource): { text: string; shift: number } {
  const suffix = source.isHeader ? `\n${source.lead}    pass\n` : '\n';
  if (source.lead === '') return { text: source.text + suffix, shift: 0 };
  const prefix = `class _:\n${source.lead}`;
  return { text: prefix + source.text + suffix, shift: prefix.length };
}

/** The member alone, without the class that was put around it. */
function unwrap(whole: Lowered, shift: number): Lowered {
  const [wrapper] = whole.body;
  if (shift === 0) return whole;
  return { body: wrapper?.type === 'class' ? wrapper.body : [], errors: whole.errors };
}

/**
 * Frees the old tree. Error recovery may depend on the old tree, and a reading must depend on the text only, so a tree
 * with an error before or after is not built upon.
 */
function reparse(parser: Parser, old: Kept | undefined, text: string): SyntaxTree {
  if (old === undefined) return parser.parse(text);
  try {
    if (old.tree.hasError) return parser.parse(text);
    old.tree.edit(changeBetween(old.text, text));
    const tree = parser.parse(text, old.tree);
    if (!tree.hasError) return tree;
    tree.free();
    return parser.parse(text);
  } finally {
    old.tree.free();
  }
}

/** The one stretch in which two texts differ. */
export function changeBetween(oldText: string, newText: string): TextChange {
  const shorter = Math.min(oldText.length, newText.length);
  let start = 0;
  while (start < shorter && oldText.charCodeAt(start) === newText.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    oldText.charCodeAt(oldText.length - 1 - tail) === newText.charCodeAt(newText.length - 1 - tail)
  )
    tail++;
  return {
    start,
    oldEnd: oldText.length - tail,
    newEnd: newText.length - tail,
    oldText,
    newText,
  };
}

/** How many expressions are remembered: while one is typed, each letter makes another. */
const REMEMBERED = 2_000;

const expressions = new WeakMap<Parser, Map<string, Expression | undefined>>();

/** One expression from a text, such as an annotation in quotes; `undefined` when it is not valid. Offsets are its own. */
export function parseExpression(parser: Parser, text: string): Expression | undefined {
  const known = expressions.get(parser) ?? new Map<string, Expression | undefined>();
  if (!expressions.has(parser)) expressions.set(parser, known);
  if (known.has(text) || text.length > 500) return known.get(text);
  const source = { text, lead: '', isHeader: false };
  const plain = readPlain(source);
  const { body, errors } = plain ? { body: [plain], errors: [] } : parseBlock(parser, source);
  const [statement] = body;
  const isOne = body.length === 1 && errors.length === 0 && statement?.type === 'expression';
  const expression = isOne ? statement.value : undefined;
  if (known.size >= REMEMBERED) known.clear();
  known.set(text, expression);
  return expression;
}
