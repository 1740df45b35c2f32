import { defineRule } from '../../engine/rule.ts';
import { servedLabel } from '../../fastapi/running/clashes.ts';
import type { ServedRoute } from '../../fastapi/running/flatten.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { blockOf } from '../../python/definitions.ts';
import { UNKNOWN_PART } from '../../python/execution/objects.ts';
import { sitesOf } from '../../python/sites.ts';

export const duplicateOperationId = defineRule({
  name: 'routing/duplicate-operation-id',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    duplicate:
      '`{route}` has the operation id `{id}`, which `{other}` has already: generated clients get one function for both. Give it an id of its own.',
  },
  check: {
    application({ routes }, { report, subject }) {
      const first = new Map<string, ServedRoute>();
      for (const route of routes) {
        const { operationId: id, inSchema, kind, parent } = route;
        // Mounted applications have documents of their own.
        if (
          id === null ||
          id.includes(UNKNOWN_PART) ||
          !inSchema ||
          kind !== 'http' ||
          parent !== null
        )
          continue;
        const other = first.get(id);
        if (other === undefined) first.set(id, route);
        else if (route.conditions.join() === other.conditions.join())
          report(
            'duplicate',
            placeOf(subject, route),
            { id, route: servedLabel(route), other: servedLabel(other) },
            { related: [{ at: placeOf(subject, other), message: `\`${servedLabel(other)}\`` }] },
          );
      }
    },
  },
});

/** The `operation_id=` of the call, else all of it. */
function placeOf({ db }: Subject, { at }: ServedRoute): ServedRoute['at'] {
  const block = blockOf(at.block);
  const call = sitesOf(db, block).calls.find(
    ({ node }) => node.start === at.start && node.end === at.end,
  );
  const given = call?.node.args.find(({ name }) => name === 'operation_id');
  return given ? { block: at.block, start: given.start, end: given.end } : at;
}
