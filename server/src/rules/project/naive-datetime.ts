import { defineRule, type FixPlan } from '../../engine/rule.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { NAIVE_CLOCKS } from '../../knowledge/clocks.ts';
import { sitesOf, type Use } from '../../python/sites.ts';
import { lastPart } from '../../python/values.ts';
import type { Attribute, Call } from '../../syntax/nodes.ts';

export const naiveDatetime = defineRule({
  name: 'project/naive-datetime',
  level: 'warning',
  since: '0.1.0',
  proof: true,
  messages: {
    called:
      '`{call}` gives a time without a time zone: Python takes it for local time, comparing it with an aware one raises `TypeError`, and JSON has no offset. Use `{instead}`.',
    passed:
      '`{call}` gives times without a time zone: Python takes them for local time, and comparing one with an aware time raises `TypeError`. Use `{instead}`.',
  },
  fixes: {
    aware: { applicability: 'quick', title: 'Use `{instead}`' },
  },
  check: {
    call({ node, name }, { report, subject }) {
      const clock = NAIVE_CLOCKS.get(name);
      // Under another name it was reported where it got it.
      if (clock === undefined || node.callee.type !== 'attribute') return;
      if (!name.endsWith(`.${node.callee.name}`)) return;
      const zone = zoneFor(subject, node.callee);
      const level =
        subject.purpose !== 'application' ? 'hint' : isWritten(subject, node) ? 'info' : undefined;
      const instead = `${subject.textOf(node.callee.object)}.${clock.aware}(${clock.takesTime ? '..., ' : ''}${zone.text})`;
      report(
        'called',
        node,
        { call: `${subject.textOf(node.callee)}(${node.args.length > 0 ? '...' : ''})`, instead },
        {
          ...(level && { level }),
          fix: awareCall(subject, node, node.callee, clock.aware, zone),
        },
      );
    },
    reference({ node, use, scope }, { report, subject }) {
      if (!CLOCK_NAMES.has(node.name)) return;
      const name = subject.nameOf(node, scope);
      const clock = name === undefined ? undefined : NAIVE_CLOCKS.get(name);
      if (clock === undefined) return;
      const zone = zoneFor(subject, node);
      const instead = `lambda: ${subject.textOf(node.object)}.${clock.aware}(${zone.text})`;
      const fix =
        clock.takesTime || !canBeLambda(use)
          ? undefined
          : {
              fix: 'aware' as const,
              replace: [{ start: node.start, end: node.end, text: instead }],
              ...(zone.needed && { imports: [zone.needed] }),
            };
      report(
        'passed',
        node,
        { call: subject.textOf(node), instead },
        { ...(subject.purpose !== 'application' && { level: 'hint' }), fix },
      );
    },
  },
});

/** `utcnow().strftime("%Y-%m")`: a text of one's own form has no zone to be mistaken. */
function isWritten(subject: Subject, call: Call): boolean {
  return sitesOf(subject.db, subject.block).calls.some(
    ({ node: { callee } }) =>
      callee.type === 'attribute' && callee.name === 'strftime' && callee.object === call,
  );
}

/** How the clocks are spelled; under another name one was reported where it got it. */
const CLOCK_NAMES: ReadonlySet<string> = new Set([...NAIVE_CLOCKS.keys()].map(lastPart));

interface Zone {
  readonly text: string;
  readonly needed?: { readonly module: string; readonly name: string };
}

/** `datetime.timezone.utc` beside `datetime.datetime.utcnow`, else `timezone.utc` with its import. */
function zoneFor(subject: Subject, { object }: Attribute): Zone {
  if (object.type === 'attribute') return { text: `${subject.textOf(object.object)}.timezone.utc` };
  return { text: 'timezone.utc', needed: { module: 'datetime', name: 'timezone' } };
}

function awareCall(
  subject: Subject,
  call: Call,
  callee: Attribute,
  aware: string,
  zone: Zone,
): FixPlan<'aware'> | undefined {
  const { args, argsStart, end } = call;
  if (args.length > 1 || args.some(({ name, star }) => name !== undefined || star !== undefined))
    return undefined;
  const given = args.map(({ value }) => `${subject.textOf(value)}, `).join('');
  if (subject.textOf({ start: callee.end, end: argsStart }).trim() !== '') return undefined;
  return {
    fix: 'aware',
    replace: [{ start: callee.nameStart, end, text: `${aware}(${given}${zone.text})` }],
    ...(zone.needed && { imports: [zone.needed] }),
  };
}

/** Where a lambda may stand in its place: an argument, or all of what is assigned. */
function canBeLambda(use: Use): boolean {
  return use.kind === 'argument' || use.kind === 'assigned';
}
