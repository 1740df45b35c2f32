/** Gives findings their places in a file: from offsets in blocks to positions in lines, with message and fix. */
import { defineQuery, type Reader } from '../query/database.ts';
import type { Block } from '../syntax/blocks.ts';
import {
  allIds,
  type BlockShape,
  fileLayout,
  fileShape,
  fileText,
  pathOfBlock,
} from '../syntax/source.ts';
import { applicationFindingsIn } from './application-findings.ts';
import { optInRules } from './configuration.ts';
import type { Diagnostic, Fix, TextEdit } from './diagnostic.ts';
import { activeRules, blockFindings, type Finding, optInFindings } from './findings.ts';
import { createFingerprints, type Fingerprints } from './fingerprint.ts';
import { planImports } from './imports.ts';
import { type Lines, linesOf } from './lines.ts';
import { fill } from './messages.ts';
import type { FixPlan, Place, Rule } from './rule.ts';

/** By path: what all rules say about a file, still relative to its blocks. */
const fileFindings = defineQuery<readonly Finding[]>('file findings', (db, path) => {
  const blocks = allIds(db.get(fileShape, path));
  const asksForMore = db.get(optInRules, path).length > 0;
  return [
    ...blocks.flatMap((block) => db.get(blockFindings, block)),
    ...(asksForMore ? blocks.flatMap((block) => db.get(optInFindings, block)) : []),
    ...db.get(applicationFindingsIn, path),
  ];
});

/** By path. */
export const fileLines = defineQuery<Lines>(
  'lines',
  (db, path) => linesOf(db.get(fileText, path)),
  () => false,
);

/** By path: where each block starts. */
export const blockStarts = defineQuery<ReadonlyMap<string, number>>('block starts', (db, path) => {
  const starts = new Map<string, number>();
  const collect = (shape: readonly BlockShape[], layout: readonly Block[]) => {
    for (const [index, block] of shape.entries()) {
      const place = layout[index];
      if (place === undefined) continue;
      starts.set(block.id, place.start);
      collect(block.members, place.members);
    }
  };
  collect(db.get(fileShape, path), db.get(fileLayout, path));
  return starts;
});

/** By path: everything the rules say about a file, in the order of the text, before configuration and suppression. */
export const fileDiagnostics = defineQuery<readonly Diagnostic[]>('diagnostics', (db, path) => {
  const findings = db.get(fileFindings, path);
  if (findings.length === 0) return [];
  const rules = new Map(db.get(activeRules, '').map((rule) => [rule.name, rule]));
  const fingerprints = createFingerprints();
  return findings
    .flatMap((finding) => {
      const rule = rules.get(finding.rule);
      return rule ? present(db, path, rule, finding, fingerprints) : [];
    })
    .sort(
      (a, b) =>
        a.range.start.line - b.range.start.line ||
        a.range.start.character - b.range.start.character ||
        (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    );
});

function present(
  db: Reader,
  path: string,
  rule: Rule,
  finding: Finding,
  fingerprints: Fingerprints,
): Diagnostic {
  const at = absolute(db, finding.at, finding.block);
  return {
    rule: finding.rule,
    level: finding.level,
    path,
    range: at.range,
    message: fill(rule.messages[finding.messageId] ?? finding.messageId, finding.data),
    messageId: finding.messageId,
    data: finding.data,
    related: finding.related.map(({ at: place, message }) => ({
      ...absolute(db, place, finding.block),
      message,
    })),
    fix: finding.fix && fixOf(db, path, rule, finding.fix, finding),
    fingerprint: fingerprints(finding.rule, finding.block.slice(path.length), finding),
  };
}

/** Where something of a block stands in its file. */
export function absolute(db: Reader, place: Place, block: string) {
  const owner = place.block ?? block;
  const path = pathOfBlock(owner);
  const start = db.get(blockStarts, path).get(owner) ?? 0;
  const range = db.get(fileLines, path).rangeOf(start + place.start, start + place.end);
  return { path, range };
}

function fixOf(db: Reader, path: string, rule: Rule, plan: FixPlan, finding: Finding): Fix | null {
  const spec = rule.fixes[plan.fix];
  if (spec === undefined) return null;
  const edits: TextEdit[] = plan.replace.map((replacement) => ({
    ...absolute(db, replacement, finding.block),
    newText: withLineEnds(db.get(fileText, path), replacement.text),
  }));
  const imports = planImports(db, path, plan.imports ?? []);
  // A name is taken: the mended code would mean something else.
  if (imports === null) return null;
  for (const { offset, text } of imports)
    edits.push({ path, range: db.get(fileLines, path).rangeOf(offset, offset), newText: text });
  return { title: fill(spec.title, finding.data), applicability: spec.applicability, edits };
}

/** A fix writes `\n`; the file may have another line end. */
function withLineEnds(text: string, added: string): string {
  return text.includes('\r\n') ? added.replace(/\r?\n/g, '\r\n') : added;
}
