import { createWorkspace } from './engine/create.ts';
import type { Diagnostic } from './engine/diagnostic.ts';
import { localise } from './engine/localise.ts';
import type { Workspace } from './engine/workspace.ts';
import { createParser } from './syntax/create.ts';

/** tree-sitter's engine and the grammar of Python, as bytes: no part of the analysis knows where they lie. */
export interface WasmBytes {
  readonly core: Uint8Array;
  readonly grammar: Uint8Array;
}

export interface Analysis {
  readonly workspace: Workspace;
  /** Which tree-sitter runs: `wasm` or `native`. */
  readonly parser: string;
  /** The same finding, said in another language. */
  localise(diagnostic: Diagnostic, language: 'en' | 'ko'): Diagnostic;
}

/** Told of a rule's own mistake; its other findings and the other rules are not affected. */
export type OnRuleFailure = (rule: string, error: unknown) => void;

/** What every face runs on. Rejects when the bytes are not what they should be. */
export async function createAnalysis(
  wasm: WasmBytes,
  onRuleFailure: OnRuleFailure,
): Promise<Analysis> {
  const parser = await createParser(wasm);
  return {
    workspace: createWorkspace({ parser, onRuleFailure }),
    parser: parser.name,
    localise,
  };
}
