import { defineRule, type FixPlan } from '../../engine/rule.ts';
import {
  type BrokenLifespan,
  brokenLifespan,
  givenLifespan,
  mendedLifespan,
} from '../../fastapi/lifespans.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { nameOf } from '../../python/definitions.ts';

export const invalidLifespan = defineRule({
  name: 'lifecycle/invalid-lifespan',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    empty:
      '`{name}` has no `yield`, so the application does not start: a lifespan is an `@asynccontextmanager` that runs up to its `yield` at start-up, and on from there at shutdown.',
    plain:
      '`{name}` gives no context manager, so the application does not start. Write a lifespan: an `async def` with `@asynccontextmanager` and a `yield`.',
    blocking:
      '`{name}` is a `@contextmanager`, which is synchronous: the application does not start. Write `@asynccontextmanager` and `async def`.',
    synchronous:
      '`@asynccontextmanager` wants an `async def`, and `{name}` is a plain one: the application does not start.',
    called:
      '`{name}` is called here: FastAPI then calls what it gives, and the application does not start. Hand over `{name}` itself.',
    deaf: '`{name}` takes no parameter, and is called with the application: the application does not start. Take `app: FastAPI`.',
  },
  fixes: {
    mend: { applicability: 'quick', title: 'Make `{name}` an asynchronous context manager' },
  },
  check: {
    anyCall({ node, scope }, { report, subject }) {
      const given = givenLifespan(subject, node, scope);
      const broken = given && brokenLifespan(subject, given, scope);
      if (given === undefined || broken === undefined) return;
      const { id, kind } = broken;
      report(kind, given, { name: nameOf(id) }, { fix: mended(subject, id, kind) });
    },
  },
});

function mended(subject: Subject, id: string, kind: BrokenLifespan): FixPlan<'mend'> | undefined {
  const replace = mendedLifespan(subject, id, kind);
  if (replace === undefined) return undefined;
  return { fix: 'mend', replace, imports: [{ module: 'contextlib', name: 'asynccontextmanager' }] };
}
