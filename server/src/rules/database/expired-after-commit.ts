import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { type Expired, expiredAt, isExpiring } from '../../fastapi/database/expired.ts';
import { relationshipOf } from '../../fastapi/database/relationships.ts';
import { routesHandledBy } from '../../fastapi/handlers.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { indentAt } from '../../fastapi/text.ts';
import type { ReferenceSite } from '../../python/sites.ts';
import { sitesOf } from '../../python/sites.ts';
import type { Attribute, Name } from '../../syntax/nodes.ts';

export const expiredAfterCommit = defineRule({
  name: 'database/expired-after-commit',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    read:
      '`{ended}` made the session forget what it knew of `{name}`: reading `{read}` sends a query without `await`, and raises ' +
      '`MissingGreenlet`. Refresh it first, `await {session}.refresh({name})`, or make the sessions with `expire_on_commit=False`.',
    undone:
      '`{ended}` made the session forget what it knew of `{name}`: reading `{read}` sends a query without `await`, and raises ' +
      '`MissingGreenlet`. Read what is needed before, or `await {session}.refresh({name})`.',
    sent:
      '`{ended}` made the session forget what it knew of `{name}`: under a response model the answer is a 500 (`MissingGreenlet`), ' +
      'without one an empty object. Refresh it first, `await {session}.refresh({name})`, or make the sessions with `expire_on_commit=False`.',
  },
  fixes: { refresh: { applicability: 'quick', title: 'Refresh it after the commit' } },
  check: {
    reference(site, { report, subject }) {
      if (!site.function?.isAsync) return;
      const node = innermost(site.node);
      if (node === undefined || !isExpiring(subject, node.object, node.name, site.scope)) return;
      if (isWritten(site)) return;
      const expired = expiredAt(subject, { ...site, node: node.object });
      if (expired === undefined || !isFirst(subject, site, node, expired)) return;
      const { session, kind } = expired;
      const data = {
        ...dataOf(expired),
        name: node.object.id,
        read: subject.textOf(node),
        session,
      };
      const value = subject.meaningOf(node.object, site.scope);
      const isRelated =
        value?.kind === 'instance' && relationshipOf(subject, value.class, node.name) !== undefined;
      const fix = isRelated ? undefined : refreshed(subject, expired, node.object);
      report(kind === 'rollback' ? 'undone' : 'read', node, data, { fix });
    },
    returned({ expression, scope, function: { isAsync }, ...place }, { report, subject }) {
      if (!isAsync || expression.type !== 'name') return;
      if (routesHandledBy(subject, scope).length === 0) return;
      const expired = expiredAt(subject, { ...place, scope, node: expression });
      if (expired === undefined || expired.kind === 'rollback') return;
      const data = { ...dataOf(expired), name: expression.id, session: expired.session };
      const at = { ...place, scope, node: { ...expression, type: 'attribute' } };
      if (isFirst(subject, at, { object: expression, start: expression.start }, expired))
        report('sent', expression, data, { fix: refreshed(subject, expired, expression) });
    },
  },
});

type Read = Attribute & { readonly object: Name };

/** `user.name` of `user.name.first`. */
function innermost(node: Attribute): Read | undefined {
  if (node.object.type === 'name') return { ...node, object: node.object };
  return node.object.type === 'attribute' ? innermost(node.object) : undefined;
}

function isWritten({ node, statements }: ReferenceSite): boolean {
  const last = statements.at(-1);
  return last?.type === 'assign' && last.targets.some((one) => one === node);
}

/** The first read after the commit is the one that fails. */
function isFirst(
  subject: Subject,
  { scope }: { readonly scope: string },
  { object, start }: { readonly object: Name; readonly start: number },
  { statement }: Expired,
): boolean {
  return !sitesOf(subject.db, subject.block).references.some((other) => {
    const node = innermost(other.node);
    if (other.scope !== scope || node?.object.id !== object.id) return false;
    if (node.start < statement.end || node.start >= start || isWritten(other)) return false;
    return isExpiring(subject, node.object, node.name, scope);
  });
}

function dataOf({ session, kind }: Expired): { readonly ended: string } {
  return { ended: `${session}.${kind}()` };
}

/** `await db.refresh(user)` on the line after the commit. */
function refreshed(
  subject: Subject,
  { session, kind, statement }: Expired,
  { id }: Name,
): FixPlan<'refresh'> | undefined {
  if (kind !== 'commit') return undefined;
  const at = { start: statement.end, end: statement.end };
  const text = `\n${indentAt(subject, statement.start)}await ${session}.refresh(${id})`;
  return { fix: 'refresh', replace: [{ ...at, text }] };
}
