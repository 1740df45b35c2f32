/** The port to tree-sitter. Two adapters (wasm.ts, native.ts) pass one contract suite; lowering sees only this. */
export interface Parser {
  readonly name: 'wasm' | 'native';
  /** The tree is the caller's to free. `previous` is a tree of the old text that `edit` was told about. */
  parse(text: string, previous?: SyntaxTree): SyntaxTree;
}

export interface SyntaxTree {
  readonly hasError: boolean;
  /** Says what changed since this tree was parsed, in UTF-16 offsets, before it is given to `parse` as `previous`. */
  edit(change: TextChange): void;
  walk(): Cursor;
  free(): void;
}

/** `text[start, oldEnd)` became `newText`, whose length is `newEnd - start`. All offsets are UTF-16. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
  readonly oldText: string;
  readonly newText: string;
}

/** Stands on a node; moves return whether there was somewhere to go. */
export interface Cursor {
  readonly type: string;
  /** The name of the field that the node fills in its parent. */
  readonly field: string | null;
  readonly start: number;
  readonly end: number;
  firstChild(): boolean;
  nextSibling(): boolean;
  parent(): boolean;
  free(): void;
}

/** Row and column (UTF-16 units) of an offset, as tree-sitter's edits want them. */
export function pointAt(text: string, offset: number): { row: number; column: number } {
  let row = 0;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: offset - lineStart };
}

/** What both bindings call the same. */
interface BindingCursor {
  readonly nodeType: string;
  readonly currentFieldName: string | null | undefined;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}

/** A binding's cursor as the port has it; `free` gives back what it holds. */
export function cursorOver(cursor: BindingCursor, free: () => void): Cursor {
  return {
    get type() {
      return cursor.nodeType;
    },
    get field() {
      return cursor.currentFieldName ?? null;
    },
    get start() {
      return cursor.startIndex;
    },
    get end() {
      return cursor.endIndex;
    },
    firstChild: () => cursor.gotoFirstChild(),
    nextSibling: () => cursor.gotoNextSibling(),
    parent: () => cursor.gotoParent(),
    free,
  };
}
