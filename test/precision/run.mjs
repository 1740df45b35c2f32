// `npm run precision -- DIR...`: what the tool says of checkouts, beside what people judged (see README.md).
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { RULES } from '../../server/src/rules/index.ts';
import { openCheckout, readCheckout } from '../corpus/checkout.ts';
import { lineHash, linesIn } from '../corpus/text.ts';
import { wasmParser } from '../support/parser.ts';
import { agreement, compare, wilson } from './compare.ts';
import { judgementOf, readLabels } from './labels.ts';

const usage = `npm run precision -- DIR... [options]
  --repository OWNER/NAME   of the checkout; else from git, else from a folder's name OWNER+NAME
  --commit SHA              of the checkout; else from git, else the one that was judged
  --rule CATEGORY/NAME      only this rule; may be repeated
  --quiet                   the numbers only
  --write FILE              the unjudged findings as labels to be filled in`;

let options;
let folders;
try {
  ({ values: options, positionals: folders } = parseArgs({
    allowPositionals: true,
    options: {
      repository: { type: 'string' },
      commit: { type: 'string' },
      rule: { type: 'string', multiple: true, default: [] },
      quiet: { type: 'boolean', default: false },
      write: { type: 'string' },
    },
  }));
  if (folders.length === 0) throw new Error('which checkout?');
  if (folders.length > 1 && (options.repository ?? options.commit) !== undefined)
    throw new Error('--repository and --commit speak of one checkout');
} catch (error) {
  console.error(`${error.message}\n${usage}`);
  process.exit(2);
}

const from = process.env.INIT_CWD ?? process.cwd();
const labels = readLabels();
// What is off by default is asked for where somebody has judged it.
const judgedRules = new Set(labels.judged.map(({ rule }) => rule));
const rules = RULES.map((rule) =>
  rule.level === 'off' && judgedRules.has(rule.name) ? { ...rule, level: 'info' } : rule,
);
const parser = await wasmParser();
const totals = new Map();
const blank = [];
const spokenOf = [];
let missed = 0;

for (const folder of folders) {
  const checkout = await readCheckout(path.resolve(from, folder));
  const { repository, commit } = identify(checkout.root);
  const isOurs = (site) => site.repository === repository && wanted(site.rule);
  const own = { judged: labels.judged.filter(isOurs), must: labels.must.filter(isOurs) };
  spokenOf.push(...own.judged);
  const judgedAt = new Set([...own.judged, ...own.must].map((site) => site.commit));
  console.log(`\n== ${repository} ${commit ?? [...judgedAt].join(', ')}`);
  if (commit !== undefined && judgedAt.size > 0 && !judgedAt.has(commit))
    console.log(`  judged at another commit: ${[...judgedAt].join(', ')}`);
  const findings = findingsOf(checkout).filter(({ rule }) => wanted(rule));
  const result = compare(findings, own);
  print(result);
  for (const { finding, label } of result.judged) count(finding, judgementOf(label));
  for (const finding of result.unjudged) {
    count(finding, 'unjudged');
    blank.push({
      repository,
      commit: commit ?? [...judgedAt][0] ?? '',
      path: finding.path,
      line: finding.line,
      rule: finding.rule,
      level: finding.level,
      hash: lineHash(finding.source),
      verdict: '',
      reason: '',
    });
  }
  for (const { rule } of result.beside) add(rule, 'beside');
  for (const { rule } of result.lost) add(rule, 'lost');
  missed += result.missed.length + result.lost.length;
  for (const { rule } of result.met) add(rule, 'met');
  for (const { rule } of result.missed) add(rule, 'missed');
}

console.log('\nrule, level: right of judged (95% interval), unjudged');
for (const [name, total] of [...totals].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const { right = 0, wrong = 0, unjudged = 0 } = total;
  if (right + wrong + unjudged === 0) continue;
  const { low, high } = wilson(right, right + wrong);
  const share =
    right + wrong === 0
      ? 'nothing judged'
      : `${right} of ${right + wrong} (${percent(low)}–${percent(high)})`;
  console.log(`  ${name}: ${share}${unjudged > 0 ? `, ${unjudged} unjudged` : ''}`);
}
for (const [name, { met = 0, missed: gone = 0, lost = 0, beside = 0 }] of totals) {
  if (met + gone > 0) console.log(`  ${name}: found ${met} of ${met + gone} that must be found`);
  if (beside > 0)
    console.log(`  ${name}: ${beside} judged right, told beside another of the same cause`);
  if (lost > 0) console.log(`  ${name}: ${lost} judged right, no longer found`);
}
const { twice, same } = agreement(spokenOf);
if (twice > 0)
  console.log(`\njudged twice: ${twice} of ${spokenOf.length}; the two judges agree in ${same}`);
if (options.write !== undefined)
  writeFileSync(path.resolve(from, options.write), `${JSON.stringify(blank, null, 2)}\n`);
process.exitCode = missed > 0 ? 1 : 0;

function wanted(rule) {
  return options.rule.length === 0 || options.rule.includes(rule);
}

function findingsOf(checkout) {
  const onRuleFailure = (rule, error) => console.error(`  the rule ${rule} fails:`, error);
  const workspace = openCheckout(checkout, { parser, rules, onRuleFailure });
  const byId = new Map(
    checkout.files.map(({ path: id, relative, text }) => [
      id,
      { path: relative, lines: linesIn(text) },
    ]),
  );
  const place = (id, { start }) => {
    const file = byId.get(id);
    if (file === undefined) return [];
    return { path: file.path, line: start.line + 1, source: (file.lines[start.line] ?? '').trim() };
  };
  return checkout.files.flatMap(({ path: id }) =>
    workspace.diagnose(id).map(({ rule, level, range, message, related }) => ({
      rule,
      level,
      ...place(id, range),
      message,
      beside: related.flatMap((one) => place(one.path, one.range)),
    })),
  );
}

function identify(root) {
  const isTop = git(root, 'rev-parse', '--show-prefix') === '';
  const remote = isTop ? git(root, 'remote', 'get-url', 'origin') : undefined;
  const ofRemote = /([^/:]+\/[^/]+?)(?:\.git)?$/.exec(remote ?? '')?.[1];
  return {
    repository: options.repository ?? ofRemote ?? path.basename(root).replace('+', '/'),
    commit: options.commit ?? (isTop ? git(root, 'rev-parse', 'HEAD') : undefined),
  };
}

function git(folder, ...args) {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'];
    return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio }).trim();
  } catch {
    return undefined;
  }
}

function print({ judged, unjudged, lost, mended, missed: gone }) {
  if (options.quiet) return;
  const list = (title, lines) => {
    if (lines.length > 0) console.log(`  ${title}\n${lines.map((one) => `    ${one}`).join('\n')}`);
  };
  const spell = ({ path: file, line, rule }) => `${file}:${line} ${rule}`;
  const found = (one) => `${spell(one)} (${one.level})`;
  list(
    'judged wrong, still found:',
    judged.flatMap(({ finding, label }) =>
      judgementOf(label) === 'wrong' ? [`${found(finding)}: ${label.reason}`] : [],
    ),
  );
  list(
    'unjudged:',
    unjudged.map((one) => `${found(one)}: ${one.source.slice(0, 120)}`),
  );
  const withReason = (one) => `${spell(one)}: ${one.reason}`;
  list('judged right, no longer found:', lost.map(withReason));
  list('judged wrong, no longer found:', mended.map(withReason));
  list('must be found, is not:', gone.map(withReason));
}

function count({ rule, level }, what) {
  add(`${rule}, ${level}`, what);
}

function add(name, what) {
  const total = totals.get(name) ?? {};
  total[what] = (total[what] ?? 0) + 1;
  totals.set(name, total);
}

function percent(share) {
  return `${Math.round(share * 100)}%`;
}
