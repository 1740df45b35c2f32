import type { Position, Range } from '../engine/diagnostic.ts';
import type { Reporter } from './report.ts';

/** One JSON document, as the README describes it: lines and columns from 1, columns in UTF-16 units. */
export const reportJson: Reporter = (findings, { version, summary }) => {
  const diagnostics = findings.map((finding) => ({
    rule: finding.rule,
    level: finding.level,
    path: finding.path,
    range: rangeFrom1(finding.range),
    message: finding.message,
    related: finding.related.map(({ path, range, message }) => ({
      path,
      range: rangeFrom1(range),
      message,
    })),
    fix: finding.fix && { applicability: finding.fix.applicability, title: finding.fix.title },
    fingerprint: finding.fingerprint,
  }));
  return `${JSON.stringify({ version, diagnostics, summary }, null, 2)}\n`;
};

const positionFrom1 = ({ line, character }: Position) => ({
  line: line + 1,
  column: character + 1,
});

const rangeFrom1 = ({ start, end }: Range) => ({
  start: positionFrom1(start),
  end: positionFrom1(end),
});
