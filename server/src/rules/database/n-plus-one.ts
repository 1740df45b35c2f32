import { defineRule, type Level, type RuleContext } from '../../engine/rule.ts';
import { purposeOf } from '../../fastapi/calls.ts';
import { eagerlyLoaded } from '../../fastapi/database/eager-loading.ts';
import { fetchedAtOnce } from '../../fastapi/database/fetch-at-once.ts';
import { isReadBefore, lazyRead, loopOfRead } from '../../fastapi/database/lazy-reads.ts';
import { isInSharing } from '../../fastapi/database/shared-sessions.ts';
import { isSentToFile } from '../../fastapi/database/sqlite.ts';
import { isQuery, queryKind } from '../../fastapi/databases.ts';
import { asScript } from '../../fastapi/effects/blocking.ts';
import { chainText, hopsOf } from '../../fastapi/effects/chains.ts';
import type { Witness } from '../../fastapi/effects/effects.ts';
import { isJob } from '../../fastapi/effects/jobs.ts';
import type { Hop } from '../../fastapi/effects/leaves.ts';
import { lengthOfWay } from '../../fastapi/effects/length.ts';
import { levelOnLoop } from '../../fastapi/effects/loop.ts';
import { isKeptInName, keptByKeyIn } from '../../fastapi/effects/once.ts';
import { repeatedQuery } from '../../fastapi/effects/repeated.ts';
import { repeatingLoop } from '../../fastapi/loops/repeating.ts';
import { isGivenGroup, isOverItems } from '../../fastapi/loops/views.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { CallSite, Loop, Place, ReferenceSite } from '../../python/sites.ts';
import { spelled } from '../../syntax/spelled.ts';

/** What a relationship is loaded through. */
const SESSION = 'sqlalchemy.orm.Session';

const MESSAGES = { read: 'loop', write: 'write', commit: 'commit' } as const;

export const nPlusOne = defineRule({
  name: 'database/n-plus-one',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    loop:
      '`{call}` runs once for every item of `{items}`, and each is a round trip to the database. ' +
      'Fetch them in one query with `in_(...)`, or load the relationship with `selectinload(...)`.',
    write:
      '`{call}` runs once for every item of `{items}`, and each is a round trip to the database. ' +
      'Send them in one statement: `insert(...).values([...])`, `executemany(...)`, or `where(...)` with `in_(...)`.',
    commit:
      '`{call}` runs once for every item of `{items}`, and each is a round trip to the database. Do it once, after the loop.',
    through:
      '`{call}` runs once for every item of `{items}`, and each time it comes to `{leaf}`, a round trip to the database. ' +
      'The way there: {chain}. Give the function all of the items, and let it send one query.',
    lazy:
      '`{read}` is loaded by a query of its own, once for every item of `{items}`. ' +
      'Load all of them with the first query: `.options(selectinload({owner}.{name}))`.',
  },
  fixes: {
    load: { applicability: 'quick', title: 'Load it with `selectinload(...)`' },
    fetch: { applicability: 'quick', title: 'Fetch them in one query with `in_(...)`' },
  },
  check: {
    reference: checkRead,
    call(call, { report, subject }) {
      if (!isQuery(call)) return;
      const loop = repeatingLoop(subject, call);
      if (loop === undefined || isKept(subject, call, loop) || isInSharing(subject, call)) return;
      const data = {
        call: subject.textOf(call.node.callee),
        items: itemsText(subject, loop),
      };
      const isDoubtful =
        isSentToFile(subject, call.name) ||
        isOverItems(subject, loop.iterable, call.scope) ||
        isJob(subject, loop, call);
      const level = quieter(levelOf(subject, call), isDoubtful);
      report(MESSAGES[queryKind(subject, call)], call.node.callee, data, {
        level,
        fix: fetchedAtOnce(subject, call, 'fetch'),
      });
    },
    anyCall(site, context) {
      checkRead(site, context);
      const { report, subject } = context;
      const found = repeatedQuery(subject, site);
      if (found === undefined) return;
      const { loop, way } = found;
      if (isKept(subject, site, loop) || isInSharing(subject, site)) return;
      report(
        'through',
        site.node.callee,
        {
          call: spelled(site.node.callee),
          items: itemsText(subject, loop),
          leaf: way.leaf.text,
          chain: chainText(site.function?.name ?? '', way),
        },
        {
          level: quieter(
            levelOf(subject, site),
            isLong(subject, way) ||
              isGivenGroup(subject, loop, site) ||
              isSentToFile(subject, way.leaf.name) ||
              isJob(subject, loop, site),
          ),
          related: hopsOf(way),
        },
      );
    },
  },
});

/** `if key not in found: found[key] = db.get(...)` queries once for each key, not for each item; `if user is None: ...` once. */
function isKept(subject: Subject, place: Place, { node }: Loop): boolean {
  if (node.type === 'for' && isKeptInName(node.body, place)) return true;
  return place.function !== undefined && keptByKeyIn(subject, place.function)(place);
}

/** Nobody waits for a script, and what runs once at start-up is done before anybody does. */
function levelOf(subject: Subject, { function: node, scope }: Place) {
  if (node === undefined) return 'warning';
  return levelOnLoop('warning', asScript(subject, purposeOf(subject, node, scope)));
}

/** What may be meant as it is: a whole job for each item, a statement for each group of rows, or any that goes to a file. */
function quieter(level: Exclude<Level, 'off'>, isDoubtful: boolean): Exclude<Level, 'off'> {
  return isDoubtful && level === 'warning' ? 'info' : level;
}

/** More than it takes to ask, through a service and a repository. */
const LONG = 20;

function isLong({ db }: Subject, way: Witness<Hop>): boolean {
  return lengthOfWay(db, way) > LONG;
}

/** A relationship that is read for each object of a plain session's query; of an asynchronous one, reading it fails. */
function checkRead(
  site: ReferenceSite | CallSite,
  { report, subject }: RuleContext<'lazy', 'load'>,
): void {
  if (site.loops.length === 0) return;
  const read = lazyRead(subject, site);
  if (read === undefined) return;
  const loop = loopOfRead(subject, site, read);
  if (loop === undefined || read.fetch.isAsync || isReadBefore(subject, site, read)) return;
  const { node, owner } = read;
  report(
    'lazy',
    node,
    { read: subject.textOf(node), owner, name: node.name, items: itemsText(subject, loop) },
    {
      level: quieter(
        levelOf(subject, site),
        isSentToFile(subject, SESSION) || isJob(subject, loop, site),
      ),
      fix: eagerlyLoaded(subject, read, 'load'),
    },
  );
}

function itemsText(subject: Subject, { iterable }: Loop): string {
  const line = subject.textOf(iterable).replace(/\s+/g, ' ');
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`;
}
