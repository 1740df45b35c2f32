import type { Check } from '../curriculum/checks.ts';
import type { Language } from './deps.ts';
import type { TestResult } from './learnTests.ts';

export interface Report {
  readonly exercise: string;
  readonly title: string;
  readonly passed: boolean;
  readonly checks: readonly {
    readonly check: Check;
    readonly text: string;
    readonly holds: boolean;
    readonly why: string | null;
    readonly at: { readonly path: string; readonly line: number } | null;
  }[];
  /** Left out where nobody asked for them. */
  readonly tests: readonly (TestResult & { readonly text: string })[] | undefined;
}

const WORDS = {
  en: { passed: 'Passed.', open: (count: number) => `Not yet: ${count} to go.` },
  ko: { passed: '통과했습니다.', open: (count: number) => `아직 ${count}개 남았습니다.` },
} as const;

/** As a checklist, or as data. */
export function printReport(
  report: Report,
  { format, lang }: { readonly format: 'text' | 'json'; readonly lang: Language },
): string {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  const { checks, tests = [] } = report;
  const lines = [
    ...checks.flatMap(({ holds, text, why, at }) => [
      `${box(holds)} ${text}`,
      ...(why === null ? [] : [`    ${at === null ? '' : `${at.path}:${at.line}: `}${why}`]),
    ]),
    ...tests.flatMap(({ outcome, text, says }) => [
      `${box(outcome === 'passed')} ${text}`,
      ...(says === null ? [] : [`    ${says.split('\n', 1)[0]}`]),
    ]),
  ];
  const open = lines.filter((line) => line.startsWith('[ ]')).length;
  const end = report.passed ? WORDS[lang].passed : open > 0 ? WORDS[lang].open(open) : undefined;
  const all = [
    `${report.title} (${report.exercise})`,
    ...lines,
    ...(end === undefined ? [] : [end]),
  ];
  return all.map((line) => `${line}\n`).join('');
}

function box(isDone: boolean): string {
  return isDone ? '[x]' : '[ ]';
}
