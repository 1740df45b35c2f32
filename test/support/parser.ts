/** The parsers that tests run on, from the bytes that the packages ship. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createNativeParser, type NativeModules } from '../../server/src/syntax/native.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { createWasmParser } from '../../server/src/syntax/wasm.ts';

const require = createRequire(import.meta.url);

let wasm: Promise<Parser> | undefined;
let memory: WebAssembly.Memory | undefined;

/** The one wasm parser of this process. */
export function wasmParser(): Promise<Parser> {
  wasm ??= rememberMemory(() =>
    createWasmParser({
      core: readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
      grammar: readFileSync(require.resolve('tree-sitter-python/tree-sitter-python.wasm')),
    }),
  );
  return wasm;
}

/** How many bytes the wasm parser has taken from the system. It never gives any back. */
export function wasmMemory(): number {
  if (memory === undefined) throw new Error('the wasm parser has not been made yet');
  return memory.buffer.byteLength;
}

/** The engine keeps its memory to itself; it is met where it is made. */
async function rememberMemory<T>(work: () => Promise<T>): Promise<T> {
  const original = WebAssembly.Memory;
  WebAssembly.Memory = class extends original {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memory = this;
    }
  };
  try {
    return await work();
  } finally {
    WebAssembly.Memory = original;
  }
}

/** A parser, or why this machine has none of that kind. */
export type Adapter =
  | { readonly name: string; readonly parser: Parser }
  | { readonly name: string; readonly missing: string };

/**
 * The native binding, from the folder FASTAPI_MENTOR_NATIVE (its `node_modules` hold `tree-sitter` and
 * `tree-sitter-python`) or from where the project's own packages are.
 */
export function nativeAdapter(): Adapter {
  const folder = process.env.FASTAPI_MENTOR_NATIVE;
  const load = folder ? createRequire(join(folder, 'package.json')) : require;
  try {
    const modules: NativeModules = {
      Parser: load('tree-sitter'),
      language: load('tree-sitter-python'),
    };
    return { name: 'native', parser: createNativeParser(modules) };
  } catch (error) {
    const [missing = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { name: 'native', missing };
  }
}
