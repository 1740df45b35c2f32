import type { Analysis, OnRuleFailure, WasmBytes } from '../../server/src/analysis.ts';
import { fakeWorkspace } from './workspace.ts';

/** Stands in for the real analysis: the faces are tried without any rule having its say. */
export async function createAnalysis(
  _wasm: WasmBytes,
  onRuleFailure: OnRuleFailure,
): Promise<Analysis> {
  return {
    workspace: fakeWorkspace(onRuleFailure),
    parser: 'fake',
    localise: (diagnostic, language) =>
      language === 'ko'
        ? { ...diagnostic, message: '`time.sleep`이 이벤트 루프를 막습니다.' }
        : diagnostic,
  };
}
