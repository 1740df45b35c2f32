import { cursorOver, type Parser, pointAt, type SyntaxTree } from './parser.ts';

/** The part of the native binding that is used; its own types describe more than it does. */
interface NativeCursor {
  readonly nodeType: string;
  /** The binding's own types say `null`, but it gives `undefined`. */
  readonly currentFieldName: string | null | undefined;
  readonly startIndex: number;
  readonly endIndex: number;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
}
interface NativeTree {
  readonly rootNode: { readonly hasError: boolean };
  walk(): NativeCursor;
  edit(edit: object): void;
}
interface NativeParser {
  setLanguage(language: unknown): void;
  parse(input: (offset: number) => string | null, previous?: NativeTree): NativeTree;
}
export interface NativeModules {
  readonly Parser: new () => NativeParser;
  readonly language: unknown;
}

/** How much text one read of the binding gets: it refuses strings of more than 32 KB. */
const CHUNK = 16_384;

const trees = new WeakMap<SyntaxTree, NativeTree>();

/** The adapter over the native binding, where its modules load. Throws when the grammar does not fit the engine. */
export function createNativeParser(modules: NativeModules): Parser {
  const parser = new modules.Parser();
  parser.setLanguage(modules.language);
  return {
    name: 'native',
    parse(text, previous) {
      const read = (offset: number) =>
        offset < text.length ? text.slice(offset, offset + CHUNK) : null;
      return wrap(parser.parse(read, previous && trees.get(previous)));
    },
  };
}

function wrap(tree: NativeTree): SyntaxTree {
  const wrapped: SyntaxTree = {
    get hasError() {
      return tree.rootNode.hasError;
    },
    edit(change) {
      tree.edit({
        startIndex: change.start,
        oldEndIndex: change.oldEnd,
        newEndIndex: change.newEnd,
        startPosition: pointAt(change.oldText, change.start),
        oldEndPosition: pointAt(change.oldText, change.oldEnd),
        newEndPosition: pointAt(change.newText, change.newEnd),
      });
    },
    walk: () => cursorOver(tree.walk(), () => undefined),
    free() {
      // The binding's trees are freed by the garbage collector.
      trees.delete(wrapped);
    },
  };
  trees.set(wrapped, tree);
  return wrapped;
}
