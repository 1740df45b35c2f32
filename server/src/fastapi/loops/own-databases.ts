/** Loops whose items have databases or schemas of their own: no query asks several of them. */
import { QUERIES } from '../../knowledge/queries.ts';
import type { Loop } from '../../python/sites.ts';
import { callsIn, lastName, mentions, namesIn } from '../../syntax/parts.ts';
import type { NamedCall } from '../calls.ts';

/** `for shard in shards: shard.execute(...)`: each is asked once. */
export function overConnections({ target }: Loop, { name, node }: NamedCall): boolean {
  const { callee } = node;
  if (!QUERIES.has(name) || callee.type !== 'attribute' || callee.object.type !== 'name')
    return false;
  return namesIn(target).includes(callee.object.id);
}

const TENANT = /tenant|shard|schema|workspace/i;
const CHOOSES =
  /^(?:set|use|switch|select|activate|enter)_(?:\w+_)?(?:database|schema|search_path|tenant)$/i;

/**
 * `for tenant in tenants: with session_of(tenant) as db: ...`, or `set_schema(tenant)` before the query: no query asks several
 * databases.
 */
export function hasOwnDatabase({ node, target }: Loop, call: NamedCall): boolean {
  const items = new Set(namesIn(target));
  if (choosesDatabase(node, items)) return true;
  const areTenants = namesIn(target).some((name) => TENANT.test(name));
  return call.statements.some(
    (statement) =>
      statement.type === 'with' &&
      statement.start > node.start &&
      statement.items.some(
        ({ context, target: session }) =>
          session !== undefined &&
          (areTenants || mentions(context, items)) &&
          mentions(call.node, new Set(namesIn(session))),
      ),
  );
}

/** `await db.set_schema(project.name)` in the loop. */
function choosesDatabase(node: Loop['node'], items: ReadonlySet<string>): boolean {
  if (node.type !== 'for') return false;
  return callsIn(node.body).some(
    ({ callee, args }) =>
      CHOOSES.test(lastName(callee)) && args.some(({ value }) => mentions(value, items)),
  );
}
