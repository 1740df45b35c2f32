import { createNativeParser, type NativeModules } from './native.ts';
import type { Parser } from './parser.ts';
import { createWasmParser } from './wasm.ts';

/** The parser to use: the native binding where its modules are given and load, else the one that runs everywhere. */
export async function createParser(
  wasm: { readonly core: Uint8Array; readonly grammar: Uint8Array },
  native?: NativeModules,
): Promise<Parser> {
  return native === undefined ? createWasmParser(wasm) : createNativeParser(native);
}
