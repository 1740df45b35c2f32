/** Runs the rules over one block. What comes out is relative to blocks, so it holds wherever the block moves. */
import { type LoopCall, loopCall, namedCall } from '../fastapi/calls.ts';
import { routesOf } from '../fastapi/routes.ts';
import { filePurpose, type Subject, subjectOf } from '../fastapi/subject.ts';
import { sitesOf } from '../python/sites.ts';
import { defineInput, defineQuery, type Reader } from '../query/database.ts';
import { pathOfBlock } from '../syntax/source.ts';
import { activeRules } from './active.ts';
import { optInRules } from './configuration.ts';
import type { Checks, FixPlan, Level, MessageData, Place, Rule, RuleContext } from './rule.ts';

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
  findingsOf(db, block, db.get(rulesByCheck, db.get(filePurpose, pathOfBlock(block)))),
);

/** By block id: what the rules say that are off by default and that somebody asked for. */
export const optInFindings = defineQuery<readonly Finding[]>('opt-in findings', (db, block) => {
  const wanted = db.get(optInRules, pathOfBlock(block));
  if (wanted.length === 0) return [];
  const purpose = db.get(filePurpose, pathOfBlock(block));
  const rules = db
    .get(activeRules, '')
    .filter(({ name, silentIn }) => wanted.includes(name) && !silentIn.includes(purpose));
  return findingsOf(db, block, byCheck(rules));
});

/** The rules that have each check: most rules ask about few kinds of subjects. */
type RulesByCheck = { readonly [Kind in keyof Checks<string, string>]-?: readonly Rule[] };

function byCheck(rules: readonly Rule[]): RulesByCheck {
  const having = (kind: keyof RulesByCheck) => rules.filter(({ check }) => check[kind]);
  return {
    call: having('call'),
    loopCall: having('loopCall'),
    route: having('route'),
    application: having('application'),
    returned: having('returned'),
    literal: having('literal'),
    function: having('function'),
    class: having('class'),
    import: having('import'),
    reference: having('reference'),
    read: having('read'),
    anyCall: having('anyCall'),
  };
}

/** By what a file is for: the rules that are on by default and have something to say about it. */
const rulesByCheck = defineQuery<RulesByCheck>(
  'rules by check',
  (db, purpose) =>
    byCheck(
      db
        .get(activeRules, '')
        .filter(
          ({ level, silentIn }) => level !== 'off' && !silentIn.some((one) => one === purpose),
        ),
    ),
  () => false,
);

function findingsOf(db: Reader, block: string, rules: RulesByCheck): readonly Finding[] {
  const subject = subjectOf(db, block);
  const found: Finding[] = [];
  const contexts = new Map<Rule, RuleContext>();
  function each(
    asked: readonly Rule[],
    visit: (check: Rule['check'], context: RuleContext) => void,
  ) {
    for (const rule of asked) {
      let context = contexts.get(rule);
      if (context === undefined) {
        context = contextOf(rule, subject, found);
        contexts.set(rule, context);
      }
      try {
        visit(rule.check, context);
      } catch (error) {
        if (error instanceof Error && error.name === 'Cancelled') throw error;
        db.get(ruleFailures, '')(rule.name, error);
      }
    }
  }
  const { calls, returns, literals, functions, classes, imports, references, names } = sitesOf(
    db,
    block,
  );
  for (const site of functions) {
    each(rules.function, (check, context) => check.function?.(site, context));
    for (const route of routesOf(subject.evaluator, site))
      each(rules.route, (check, context) => check.route?.(route, context));
  }
  for (const site of classes) each(rules.class, (check, context) => check.class?.(site, context));
  for (const site of imports) each(rules.import, (check, context) => check.import?.(site, context));
  for (const site of references)
    each(rules.reference, (check, context) => check.reference?.(site, context));
  if (rules.read.length > 0)
    for (const site of [...references, ...names])
      each(rules.read, (check, context) => check.read?.(site, context));
  for (const site of calls) {
    each(rules.anyCall, (check, context) => check.anyCall?.(site, context));
    const call = namedCall(subject, site);
    if (call === undefined) continue;
    each(rules.call, (check, context) => check.call?.(call, context));
    const onLoop: LoopCall | undefined = loopCall(subject, call);
    if (onLoop) each(rules.loopCall, (check, context) => check.loopCall?.(onLoop, context));
  }
  for (const site of returns) {
    const { value: expression } = site.node;
    if (expression === undefined || site.function === undefined) continue;
    const value = subject.meaningOf(expression, site.scope);
    const returned = { ...site, function: site.function, expression, value };
    each(rules.returned, (check, context) => check.returned?.(returned, context));
  }
  for (const literal of literals)
    each(rules.literal, (check, context) => check.literal?.(literal, context));
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
