import { RUFF_CODES } from '../knowledge/ruff.ts';

/** The ruff codes whose `noqa` silences a rule of ours as well. */
export function ruffCodesOf(rule: string): readonly string[] {
  return RUFF_CODES[rule] ?? [];
}
