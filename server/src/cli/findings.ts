import type { Diagnostic } from '../engine/diagnostic.ts';

/** What `--fail-on` takes. */
export const failLevels = ['error', 'warning', 'info', 'hint', 'never'] as const;
export type FailLevel = (typeof failLevels)[number];

/** A finding with its paths as they are printed. */
export type Finding = Diagnostic;

export interface Summary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
  /** Fixes that were applied, where that was asked for. */
  readonly fixed?: number;
  /** Findings that a baseline accepts, and entries of it that accept nothing any more. */
  readonly accepted?: number;
  readonly stale?: number;
}

export function summarise(findings: readonly Finding[], files: number): Summary {
  const count = (level: string) => findings.filter((finding) => finding.level === level).length;
  return {
    files,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    hints: count('hint'),
  };
}

/** Whether a finding is loud enough to fail the run. */
export function fails(findings: readonly Finding[], failOn: FailLevel): boolean {
  if (failOn === 'never') return false;
  const loud = failLevels.slice(0, failLevels.indexOf(failOn) + 1);
  return findings.some(({ level }) => loud.some((each) => each === level));
}

/** By path, then by place in the text. */
export function inOrder(left: Finding, right: Finding): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  const [a, b] = [left.range.start, right.range.start];
  return a.line - b.line || a.character - b.character;
}
