/**
 * Turns a syntax tree into the plain nodes of nodes.ts: one pass of a cursor with a stack of its own, so that depth of
 * nesting is never depth of the call stack. Each tree-sitter node becomes a frame that collects its children and is
 * built when it is left.
 */
import { build } from './build.ts';
import type { Expression, Parameter, Span, Statement } from './nodes.ts';
import type { Cursor, SyntaxTree } from './parser.ts';

/** What a finished node hands to its parent. A token or a node of no meaning has none of the values. */
export interface Child extends Span {
  readonly type: string;
  readonly field: string | null;
  readonly expression?: Expression | undefined;
  readonly statements?: readonly Statement[] | undefined;
  readonly parameter?: Parameter | undefined;
  /** For the grammar's own in-between nodes (clauses, import names, patterns): what build.ts made of them. */
  readonly part?: unknown;
  /** How deep the values nest. */
  readonly depth: number;
}

export interface Frame extends Span {
  readonly type: string;
  readonly field: string | null;
  readonly children: Child[];
}

/** CPython gives up at 200 nested brackets; chains of operators may be longer. What is deeper is read as unknown. */
const MAX_DEPTH = 600;

export interface Lowered {
  readonly body: readonly Statement[];
  /** Where the text is not valid Python, as far as the parser could tell. */
  readonly errors: readonly Span[];
}

/** `source` is the text that was parsed; `shift` is taken off every offset. */
export function lower(tree: SyntaxTree, source: string, shift: number): Lowered {
  const errors: Span[] = [];
  const cursor = tree.walk();
  const stack: Frame[] = [];
  // Where something is missing, its mark has no width: only then are the marks looked at.
  const skipsMarks = !tree.hasError;
  let done: Child | undefined;
  try {
    for (;;) {
      if (skipsMarks && MARKS.has(cursor.type)) done = undefined;
      else {
        const child = enter(cursor, source, shift, stack, errors);
        if (child === undefined) continue;
        done = child;
      }
      // Finished a node: hand it up, and close every frame that has no further child.
      for (;;) {
        const parent = stack[stack.length - 1];
        if (parent === undefined) return { body: done?.statements ?? [], errors };
        if (done !== undefined) parent.children.push(done);
        if (cursor.nextSibling()) break;
        cursor.parent();
        stack.pop();
        done = close(parent, source, shift);
      }
    }
  } finally {
    cursor.free();
  }
}

/** Tokens that nothing is built from: more than a third of all nodes. */
const MARKS: ReadonlySet<string> = new Set(
  ', ( ) [ ] { } : . = -> ; def class return import if elif else for while with as try finally raise assert'.split(
    ' ',
  ),
);

/** Nodes whose children's fields nobody asks for: not to ask saves a call into the parser for each child. */
const FIELDLESS: ReadonlySet<string> = new Set(
  'module block argument_list list tuple set dictionary expression_statement parenthesized_expression string concatenated_string return_statement'.split(
    ' ',
  ),
);

/** A leaf gives its child at once; any other node is put on the stack, with the cursor on its first child. */
function enter(
  cursor: Cursor,
  source: string,
  shift: number,
  stack: Frame[],
  errors: Span[],
): Child | undefined {
  const { type } = cursor;
  const start = cursor.start - shift;
  const end = cursor.end - shift;
  const parent = stack[stack.length - 1];
  const field = parent !== undefined && FIELDLESS.has(parent.type) ? null : cursor.field;
  if (type === 'ERROR') errors.push({ start, end });
  const frame: Frame = { type, field, start, end, children: [] };
  const opaque = type === 'comment' || (type === 'string' && !isFormatted(source, cursor.start));
  if (opaque || !cursor.firstChild()) {
    // The parser puts in what is missing, with no width: a name, or a mark such as `)`.
    if (start === end && (type === 'identifier' || /^\W/.test(type))) errors.push({ start, end });
    // A keyword's token has the type of the node that it opens.
    return KEYWORDS.has(type) ? { type, field, start, end, depth: 0 } : close(frame, source, shift);
  }
  stack.push(frame);
  return undefined;
}

const KEYWORDS: ReadonlySet<string> = new Set(['await', 'yield', 'lambda']);

function isFormatted(source: string, at: number): boolean {
  for (let i = at; i < at + 3; i++) {
    const code = source.charCodeAt(i) | 32;
    // f-strings and t-strings have parts to read.
    if (code === 102 || code === 116) return true;
    if (code < 97 || code > 122) return false;
  }
  return false;
}

function close(frame: Frame, source: string, shift: number): Child {
  let depth = 0;
  for (const child of frame.children) if (child.depth > depth) depth = child.depth;
  const built = build(frame, (from, to) => source.slice(from + shift, to + shift));
  const { type, field, start, end } = frame;
  if (built === undefined) return { type, field, start, end, depth };
  // An in-between node has no unknown to stand for it: what holds it is cut off instead.
  const isPart = built.expression === undefined && built.statements === undefined;
  if (depth >= MAX_DEPTH && !isPart) {
    return built.expression === undefined
      ? {
          type,
          field,
          start,
          end,
          depth: 0,
          statements: [{ type: 'unknown-statement', start, end }],
        }
      : { type, field, start, end, depth: 0, expression: { type: 'unknown', start, end } };
  }
  // A node that only passes its child's value on adds no nesting.
  const passes =
    built.expression !== undefined && frame.children.some((c) => c.expression === built.expression);
  return { type, field, start, end, depth: passes ? depth : depth + 1, ...built };
}
