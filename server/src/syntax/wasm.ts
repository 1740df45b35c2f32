import { Edit, Language, type Tree, Parser as WebParser } from 'web-tree-sitter';
import { cursorOver, type Parser, pointAt, type SyntaxTree, type TextChange } from './parser.ts';

const trees = new WeakMap<SyntaxTree, Tree>();

/** The adapter that runs everywhere. Takes the bytes of the engine and of the grammar; throws when they don't fit. */
export async function createWasmParser(bytes: {
  readonly core: Uint8Array;
  readonly grammar: Uint8Array;
}): Promise<Parser> {
  await WebParser.init({ wasmBinary: bytes.core });
  const parser = new WebParser();
  parser.setLanguage(await Language.load(bytes.grammar));
  return {
    name: 'wasm',
    parse(text, previous) {
      const tree = parser.parse(text, previous && trees.get(previous));
      if (tree === null) throw new Error('tree-sitter gave no tree');
      return wrap(tree);
    },
  };
}

function wrap(tree: Tree): SyntaxTree {
  const wrapped: SyntaxTree = {
    get hasError() {
      return tree.rootNode.hasError;
    },
    edit(change: TextChange) {
      tree.edit(
        new Edit({
          startIndex: change.start,
          oldEndIndex: change.oldEnd,
          newEndIndex: change.newEnd,
          startPosition: pointAt(change.oldText, change.start),
          oldEndPosition: pointAt(change.oldText, change.oldEnd),
          newEndPosition: pointAt(change.newText, change.newEnd),
        }),
      );
    },
    walk() {
      const cursor = tree.walk();
      return cursorOver(cursor, () => cursor.delete());
    },
    free() {
      trees.delete(wrapped);
      tree.delete();
    },
  };
  trees.set(wrapped, tree);
  return wrapped;
}
