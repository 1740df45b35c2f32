import { applyEdits } from '../../server/src/engine/apply.ts';
import type { Diagnostic } from '../../server/src/engine/diagnostic.ts';

/** A text after the fix of a finding in it. */
export function applied(text: string, diagnostic: Diagnostic | undefined): string | undefined {
  return diagnostic?.fix ? applyEdits(text, diagnostic.fix.edits) : undefined;
}
