import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { eventHandlersOf, lifespanPlan } from '../../fastapi/events.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';

export const deprecatedOnEvent = defineRule({
  name: 'lifecycle/deprecated-on-event',
  level: 'warning',
  since: '0.1.0',
  proof: true,
  messages: {
    deprecated:
      '`@{owner}.on_event` is deprecated: FastAPI warns at every start, and ignores it as soon as the app is given a lifespan. Write a lifespan: what comes before its `yield` runs at start-up, what comes after it at shutdown.',
    router:
      '`@{owner}.on_event` is deprecated: FastAPI warns at every start. Write a lifespan: what comes before its `yield` runs at start-up, what comes after it at shutdown.',
  },
  fixes: {
    lifespan: { applicability: 'quick', title: 'Write a lifespan for the handlers of `{owner}`' },
  },
  check: {
    function(site, { report, subject }) {
      for (const { decorator, owner, isApp, lifespan: other } of eventHandlersOf(subject, site)) {
        // It never runs: lifecycle/on-event-ignored speaks of it.
        if (other !== undefined) continue;
        // Until then there was nothing to use in its place.
        if (isPinnedBelow(subject.db, subject.path, 'fastapi', '0.93')) return;
        report(
          isApp ? 'deprecated' : 'router',
          decorator,
          { owner },
          {
            ...(subject.purpose === 'test' && { level: 'hint' }),
            fix: isApp ? lifespan(subject, owner) : undefined,
          },
        );
      }
    },
  },
});

/** Writes a lifespan that calls the handlers before the app is made, hands it to the app, and takes their decorators away. */
function lifespan(subject: Subject, owner: string): FixPlan<'lifespan'> | undefined {
  const plan = lifespanPlan(subject.db, subject.path, owner);
  if (plan === undefined) return undefined;
  const { app, handlers } = plan;
  const call = (one: (typeof handlers)[number]) =>
    `    ${one.isAsync ? 'await ' : ''}${one.name}()`;
  const lines = [
    '@asynccontextmanager',
    `async def lifespan(${owner}: FastAPI):`,
    ...handlers.filter(({ event }) => event === 'startup').map(call),
    '    yield',
    ...handlers.filter(({ event }) => event === 'shutdown').map(call),
    '',
    '',
    '',
  ];
  return {
    fix: 'lifespan',
    replace: [
      { start: 0, end: 0, block: app.block, text: app.gap + lines.join('\n') },
      { start: app.argumentAt, end: app.argumentAt, block: app.block, text: app.argument },
      ...handlers.map(({ block, removed }) => ({ ...removed, block, text: '' })),
    ],
    imports: [
      { module: 'contextlib', name: 'asynccontextmanager' },
      { module: 'fastapi', name: 'FastAPI' },
    ],
  };
}
