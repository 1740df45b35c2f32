import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { isBareHandler } from '../../fastapi/handlers.ts';
import type { ServedRoute } from '../../fastapi/running/flatten.ts';
import { eachDependency } from '../../fastapi/running/trees.ts';
import { type Subject, subjectOf } from '../../fastapi/subject.ts';
import { lineIndent } from '../../fastapi/text.ts';
import {
  dependencyMayAccept,
  type Unaccepted,
  unacceptedMessage,
} from '../../fastapi/websocket/sockets.ts';
import { blockOf } from '../../python/definitions.ts';

export const missingAccept = defineRule({
  name: 'websocket/missing-accept',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    unaccepted:
      '`{call}` comes before anybody has accepted the connection: it raises a `RuntimeError`, and the client is refused. Call `await {name}.accept()` first.',
  },
  fixes: { accept: { applicability: 'quick', title: 'Accept the connection first' } },
  check: {
    application({ routes }, { report, subject: { db } }) {
      for (const route of routes) {
        const { handler } = route;
        if (route.kind !== 'websocket' || handler === null) continue;
        const found = unacceptedMessage(db, handler);
        const own = subjectOf(db, blockOf(handler));
        if (found === null || !isBareHandler(own, handler) || isAcceptedBefore(own, route))
          continue;
        const { at, name } = found;
        report(
          'unaccepted',
          { ...at, block: own.block },
          { call: own.textOf(at), name },
          { fix: accepted(own, found) },
        );
      }
    },
  },
});

/** A dependency may accept the connection, of the handler's own or of its routers'. */
function isAcceptedBefore({ db }: Subject, { needs }: ServedRoute): boolean {
  let may = needs.isPartial;
  eachDependency(needs.dependencies, ({ target, external }) => {
    if (target !== null) may ||= dependencyMayAccept(db, target);
    else may ||= !external?.startsWith('fastapi.security.');
  });
  return may;
}

function accepted(subject: Subject, { name, before }: Unaccepted): FixPlan<'accept'> | undefined {
  const indent = before === null ? undefined : lineIndent(subject, before);
  if (before === null || indent === undefined) return undefined;
  const text = `await ${name}.accept()\n${indent}`;
  return { fix: 'accept', replace: [{ start: before, end: before, block: subject.block, text }] };
}
