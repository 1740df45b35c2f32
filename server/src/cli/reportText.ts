import type { Range } from '../engine/diagnostic.ts';
import { fold } from '../engine/fold.ts';
import type { Level } from '../engine/rule.ts';
import type { Language } from './deps.ts';
import { excerpt, printable } from './excerpt.ts';
import type { Finding, Summary } from './findings.ts';
import type { ReportContext, Reporter } from './report.ts';

/** `path:line:column: level rule message`, the line it is about, where it comes from, and how it may be mended. */
export const reportText: Reporter = (findings, context) => {
  const paint = painter(context.colour);
  const lineOf = lineReader(context);
  const { language, summary } = context;
  const folded = fold(findings, { language, places: false });
  const blocks = folded.map((finding) => block(finding, paint, lineOf, language));
  const end =
    closing(summary, language) +
    remarks(findings, context)
      .map((each) => `${each}\n`)
      .join('');
  return [...blocks, end].join('\n');
};

type Paint = (text: string, ...styles: Style[]) => string;
type LineOf = (path: string, line: number) => string | undefined;

function block(finding: Finding, paint: Paint, lineOf: LineOf, language: Language): string {
  const { path, range, level, rule, message, related, fix } = finding;
  const head =
    `${paint(place(path, range), 'bold')}: ${paint(level, styleOf[level], 'bold')} ` +
    `${paint(rule, 'dim')} ${printable(message)}`;
  const source = lineOf(path, range.start.line);
  const lines = [head];
  if (source !== undefined) {
    lines.push(...excerpt(source, range).map((each) => paint(each, 'dim')));
  }
  for (const each of related) {
    lines.push(`  ${paint(place(each.path, each.range), 'dim')}: ${printable(each.message)}`);
  }
  if (fix !== null) lines.push(`  ${words[language].fix}: ${printable(fix.title)}`);
  return `${lines.join('\n')}\n`;
}

const place = (path: string, { start }: Range) =>
  `${printable(path)}:${start.line + 1}:${start.character + 1}`;

const words = {
  en: { fix: 'fix' },
  ko: { fix: '수정' },
} as const;

function closing(summary: Summary, language: Language): string {
  const { files, errors, warnings, infos, hints } = summary;
  const total = errors + warnings + infos + hints;
  if (language === 'ko') {
    if (total === 0) return `파일 ${files}개에서 문제를 찾지 못했습니다.\n`;
    return `파일 ${files}개에서 ${total}건을 찾았습니다(오류 ${errors}, 경고 ${warnings}, 정보 ${infos}, 힌트 ${hints}).\n`;
  }
  const inFiles = `in ${count(files, 'file')}`;
  if (total === 0) return `No findings ${inFiles}.\n`;
  const levels = [
    [errors, 'error'],
    [warnings, 'warning'],
    [infos, 'info'],
    [hints, 'hint'],
  ] as const;
  const parts = levels
    .filter(([number]) => number > 0)
    .map(([number, noun]) => count(number, noun));
  return `Found ${parts.join(', ')} ${inFiles}.\n`;
}

/** What else happened: fixes, and what a baseline keeps quiet. */
function remarks(
  findings: readonly Finding[],
  { summary, language, wrote, mended }: ReportContext,
): string[] {
  const { fixed, accepted = 0, stale = 0 } = summary;
  const isKorean = language === 'ko';
  const lines: string[] = [];
  if (fixed !== undefined)
    lines.push(isKorean ? `${fixed}건을 고쳤습니다.` : `Fixed ${count(fixed, 'finding')}.`);
  const quick = findings.filter(({ fix }) => fix?.applicability === 'quick').length;
  if (mended === 'safe' && quick > 0)
    lines.push(
      isKorean
        ? `${quick}건은 \`--unsafe-fixes\`로 고칠 수 있습니다. 동작이 달라질 수 있으니 \`--diff-fixes\`로 먼저 보세요.`
        : `${quick} more can be fixed with --unsafe-fixes, which may change what the code does: see --diff-fixes first.`,
    );
  if (wrote !== undefined) {
    const name = printable(wrote);
    lines.push(
      isKorean
        ? `${accepted}건을 ${name}에 적었습니다. 이제부터 \`--baseline\`은 새로 생긴 것만 알립니다.`
        : `Accepted ${count(accepted, 'finding')} in ${name}; --baseline tells only what is new.`,
    );
  } else if (summary.accepted !== undefined) {
    lines.push(
      isKorean
        ? `기준선에 있는 ${accepted}건은 보여 주지 않습니다.`
        : `${count(accepted, 'finding')} of the baseline ${accepted === 1 ? 'is' : 'are'} not shown.`,
    );
    if (stale > 0)
      lines.push(
        isKorean
          ? `기준선의 ${stale}개 항목은 더는 맞는 것이 없습니다. \`--write-baseline\`으로 다시 쓰세요.`
          : `${stale === 1 ? '1 entry' : `${stale} entries`} of the baseline ${stale === 1 ? 'is' : 'are'} stale; --write-baseline drops ${stale === 1 ? 'it' : 'them'}.`,
      );
  }
  return lines;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Splits a text once, however many findings it has. */
function lineReader({ textOf }: ReportContext): LineOf {
  const lines = new Map<string, readonly string[]>();
  return (path, line) => {
    let split = lines.get(path);
    if (split === undefined) {
      split = textOf(path)?.split(/\r\n|\n|\r/) ?? [];
      lines.set(path, split);
    }
    return split[line];
  };
}

const codes = { bold: 1, dim: 2, red: 31, yellow: 33, blue: 34, cyan: 36 } as const;
type Style = keyof typeof codes;

const styleOf: Readonly<Record<Level, Style>> = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
  hint: 'cyan',
  off: 'dim',
};

function painter(colour: boolean): Paint {
  if (!colour) return (text) => text;
  return (text, ...styles) =>
    `\u001b[${styles.map((style) => codes[style]).join(';')}m${text}\u001b[0m`;
}
