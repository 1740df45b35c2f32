/** Which calls query a database, and what they do there. */
import { BUILT_WRITES, QUERIES, WRITES } from '../knowledge/queries.ts';
import type { Expression } from '../syntax/nodes.ts';
import type { NamedCall } from './calls.ts';
import type { Subject } from './subject.ts';

/** Whether a call sends something to a database and waits for it. */
export function isQuery({ name, node }: Pick<NamedCall, 'name' | 'node'>): boolean {
  // `merge(row, load=False)` takes the row as it is given.
  const isTaken = node.args.some((one) => one.name === 'load' && one.value.type === 'false');
  return QUERIES.has(name) && !isTaken;
}

/** What a query does: it ends a transaction (`commit`), changes rows (`write`), or reads. */
export function queryKind(
  subject: Subject,
  call: Pick<NamedCall, 'node' | 'name' | 'scope'>,
): 'commit' | 'write' | 'read' {
  if (/\.(?:commit|flush)$/.test(call.name)) return 'commit';
  if (WRITES.has(QUERIES.get(call.name) ?? '')) return 'write';
  const statement = call.node.args[0]?.value;
  return statement !== undefined && isWrite(subject, statement, call.scope) ? 'write' : 'read';
}

const WRITE = /^\s*(?:insert|update|delete|replace|merge|upsert)\b/i;

function isWrite(subject: Subject, statement: Expression, scope: string, hops = 2): boolean {
  switch (statement.type) {
    case 'string':
      return WRITE.test(statement.value);
    case 'fstring':
      return typeof statement.parts[0] === 'string' && WRITE.test(statement.parts[0]);
    case 'call': {
      // `insert(User).values(...)` begins with what it does.
      const { callee } = statement;
      if (callee.type === 'attribute' && callee.object.type === 'call')
        return isWrite(subject, callee.object, scope, hops);
      const name = subject.nameOf(callee, scope);
      if (name === undefined) return false;
      if (BUILT_WRITES.has(name)) return true;
      const [first] = statement.args;
      return name === 'sqlalchemy.text' && first !== undefined
        ? isWrite(subject, first.value, scope, hops)
        : false;
    }
    case 'name': {
      const traced = hops > 0 ? subject.evaluator.trace(statement.id, scope) : undefined;
      return (
        traced?.kind === 'bindings' &&
        traced.bindings.some(
          (binding) =>
            binding.kind === 'value' &&
            binding.value !== undefined &&
            isWrite(subject, binding.value, binding.scope, hops - 1),
        )
      );
    }
    default:
      return false;
  }
}
