import type { Applicability } from '../engine/rule.ts';
import type { Language } from './deps.ts';
import type { Finding, Summary } from './findings.ts';
import { reportJson } from './reportJson.ts';
import { reportText } from './reportText.ts';

export const formats = ['text', 'json'] as const;
export type Format = (typeof formats)[number];

export interface ReportContext {
  readonly version: string;
  readonly summary: Summary;
  readonly language: Language;
  readonly colour: boolean;
  /** The baseline that this run has written. */
  readonly wrote?: string;
  /** What the fixes that were applied may change. */
  readonly mended?: Applicability;
  /** The text of a printed path. */
  textOf(path: string): string | undefined;
}

/** The whole output of a run; findings are in their final order. */
export type Reporter = (findings: readonly Finding[], context: ReportContext) => string;

const reporters: Readonly<Record<Format, Reporter>> = { text: reportText, json: reportJson };

export const report = (format: Format, findings: readonly Finding[], context: ReportContext) =>
  reporters[format](findings, context);
