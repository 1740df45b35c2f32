/** Runs the rules over one block. What comes out is relative to blocks, so it holds wherever the block moves. */
import { type LoopCall, loopCall, namedCall } from '../fastapi/calls.ts';
import { routesOf } from '../fastapi/routes.ts';
import { type Subject, subjectOf } from '../fastapi/subject.ts';
import { sitesOf } from '../python/sites.ts';
import { defineInput, defineQuery, type Reader } from '../query/database.ts';
import { pathOfBlock } from '../syntax/source.ts';
import { activeRules } from './active.ts';
import { optInRules } from './configuration.ts';
import type { FixPlan, Level, MessageData, Place, Rule, RuleContext } from './rule.ts';

export interface Finding {
  readonly rule: string;
  readonly level: Exclude<Level, 'off'>;
  readonly messageId: string;
  readonly data: MessageData;
  readonly at: Place;
  readonly related: readonly { readonly at: Place; readonly message: string }[];
  readonly fix: FixPlan | null;
  /** The block that reported it. */
  readonly block: string;
}

export { activeRules };

/** Where a rule's own mistake is told; it never stops the others. */
export const ruleFailures = defineInput<(rule: string, error: unknown) => void>(
  'rule failures',
  () => undefined,
);

/** By block id: what the rules say about the block, but for those that are off by default. */
export const blockFindings = defineQuery<readonly Finding[]>('findings', (db, block) =>
  findingsOf(
    db,
    block,
    db.get(activeRules, '').filter(({ level }) => level !== 'off'),
  ),
);

/** By block id: what the rules say that are off by default and that somebody asked for. */
export const optInFindings = defineQuery<readonly Finding[]>('opt-in findings', (db, block) => {
  const wanted = db.get(optInRules, pathOfBlock(block));
  if (wanted.length === 0) return [];
  const rules = db.get(activeRules, '').filter(({ name }) => wanted.includes(name));
  return findingsOf(db, block, rules);
});

function findingsOf(db: Reader, block: string, rules: readonly Rule[]): readonly Finding[] {
  const subject = subjectOf(db, block);
  const found: Finding[] = [];
  const failed = db.get(ruleFailures, '');
  const runs = rules.map((rule) => ({
    rule,
    context: contextOf(rule, subject, found),
  }));
  const each = (visit: (rule: Rule, context: RuleContext) => void) => {
    for (const { rule, context } of runs) {
      try {
        visit(rule, context);
      } catch (error) {
        if (error instanceof Error && error.name === 'Cancelled') throw error;
        failed(rule.name, error);
      }
    }
  };
  const { calls, returns, literals, functions, classes, imports, references, names } = sitesOf(
    db,
    block,
  );
  for (const site of functions) {
    each((rule, context) => rule.check.function?.(site, context));
    for (const route of routesOf(subject.evaluator, site))
      each((rule, context) => rule.check.route?.(route, context));
  }
  for (const site of classes) each((rule, context) => rule.check.class?.(site, context));
  for (const site of imports) each((rule, context) => rule.check.import?.(site, context));
  for (const site of references) each((rule, context) => rule.check.reference?.(site, context));
  for (const site of [...references, ...names])
    each((rule, context) => rule.check.read?.(site, context));
  for (const site of calls) {
    each((rule, context) => rule.check.anyCall?.(site, context));
    const call = namedCall(subject, site);
    if (call === undefined) continue;
    const onLoop: LoopCall | undefined = loopCall(subject, call);
    each((rule, context) => {
      rule.check.call?.(call, context);
      if (onLoop) rule.check.loopCall?.(onLoop, context);
    });
  }
  for (const site of returns) {
    const { value: expression } = site.node;
    if (expression === undefined || site.function === undefined) continue;
    const value = subject.meaningOf(expression, site.scope);
    const returned = { ...site, function: site.function, expression, value };
    each((rule, context) => rule.check.returned?.(returned, context));
  }
  for (const literal of literals) each((rule, context) => rule.check.literal?.(literal, context));
  return found;
}

/** What a check of a rule is handed; what it reports is added to `found`. */
export function contextOf(rule: Rule, subject: Subject, found: Finding[]): RuleContext {
  return {
    subject,
    report(messageId, at, data = {}, options = {}) {
      // Whoever asks for a rule that is off by default has it as `info`.
      const level = options.level ?? (rule.level === 'off' ? 'info' : rule.level);
      const { start, end, block } = at;
      found.push({
        rule: rule.name,
        level,
        messageId,
        data,
        at: { start, end, ...(block !== undefined && { block }) },
        related: options.related ?? [],
        fix: options.fix ?? null,
        block: subject.block,
      });
    },
  };
}
