/** Which code answers for a route. */
import { definitionOf, moduleScopeId } from '../../python/definitions.ts';
import type { Machine } from '../../python/execution/machine.ts';
import type { Obj } from '../../python/execution/objects.ts';
import type { ServedRoute } from './flatten.ts';

/** The function (or class) in the workspace that answers, under wrappers, partials and bindings. */
export function handlerOf(
  machine: Machine,
  endpoint: Obj,
): Pick<ServedRoute, 'handler' | 'lambdaAt'> {
  switch (endpoint.kind) {
    case 'function': {
      const wrapped = endpoint.attrs.get('__wrapped__');
      return wrapped ? handlerOf(machine, wrapped) : { handler: endpoint.id, lambdaAt: null };
    }
    case 'bound':
      return endpoint.target.kind === 'function'
        ? handlerOf(machine, endpoint.target)
        : { handler: null, lambdaAt: null };
    case 'partial':
      return handlerOf(machine, endpoint.target);
    case 'descriptor':
      return handlerOf(machine, endpoint.target);
    case 'class':
      return { handler: endpoint.id ?? null, lambdaAt: null };
    case 'lambda': {
      const owner = endpoint.env.owner;
      const isFunction = owner !== undefined && definitionOf(machine.db, owner) !== undefined;
      return {
        handler: isFunction ? owner : moduleScopeId(endpoint.env.module.path),
        lambdaAt: { block: endpoint.block, start: endpoint.node.start, end: endpoint.node.end },
      };
    }
    case 'instance': {
      const method = machine.classMember(endpoint.class, '__call__');
      return method ? handlerOf(machine, method.value) : { handler: null, lambdaAt: null };
    }
    default:
      return { handler: null, lambdaAt: null };
  }
}
