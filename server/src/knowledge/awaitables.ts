/** Calls of other packages whose result can never be awaited, by public name. */
function names(owners: string, members: string): string[] {
  return owners
    .split(' ')
    .flatMap((owner) => members.split(' ').map((member) => `${owner}.${member}`));
}

const ASYNC_SESSIONS =
  'sqlalchemy.ext.asyncio.AsyncSession sqlalchemy.ext.asyncio.async_scoped_session ' +
  'sqlmodel.ext.asyncio.session.AsyncSession';
const ROWS =
  'all first one one_or_none scalar scalars scalar_one scalar_one_or_none mappings unique fetchall fetchone fetchmany ' +
  'partitions keys tuples';
const LOGS = 'debug info warning error exception critical log';

/** Plain methods among asynchronous ones, and plain objects that asynchronous calls give. */
const PLAIN: ReadonlySet<string> = new Set([
  ...names(
    ASYNC_SESSIONS,
    'add add_all expire expire_all expunge expunge_all in_transaction is_modified',
  ),
  ...names(
    'sqlalchemy.Result sqlalchemy.CursorResult sqlalchemy.ScalarResult sqlalchemy.MappingResult',
    ROWS,
  ),
  ...names('httpx.Response requests.Response', 'json raise_for_status'),
  ...names('asyncio.Task', 'cancel done cancelled result exception add_done_callback'),
  ...names('asyncio.Event', 'set clear is_set'),
  ...names('asyncio.Lock asyncio.Semaphore', 'release locked'),
  ...names('asyncio.Queue', 'put_nowait get_nowait task_done empty full qsize'),
  'fastapi.BackgroundTasks.add_task',
  'starlette.background.BackgroundTasks.add_task',
  ...names('fastapi.Response', 'set_cookie delete_cookie'),
  'fastapi.encoders.jsonable_encoder',
  ...names('logging logging.Logger', LOGS),
  ...names(
    'builtins',
    'print len str int float bool list dict set tuple sorted isinstance hasattr setattr',
  ),
  ...names('json', 'loads dumps'),
]);

/** A session or query of a synchronous SQLAlchemy: whatever is called, nothing of it is a coroutine. */
const SYNC_SESSION =
  /^(?:sqlalchemy\.orm\.(?:Session|scoped_session|Query)|sqlmodel\.Session|sqlalchemy\.(?:Connection|Engine))\.[a-z]\w*$/;

/** What can't be awaited: a call's plain result, or that of a synchronous session. */
export function neverAwaitable(name: string): 'value' | 'session' | undefined {
  if (PLAIN.has(name)) return 'value';
  return SYNC_SESSION.test(name) ? 'session' : undefined;
}
