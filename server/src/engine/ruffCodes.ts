/** The ruff codes whose `noqa` silences a rule of ours as well. */
export function ruffCodesOf(_rule: string): readonly string[] {
  return [];
}
