/** Names about coroutines: calls of other packages that make one, and what takes a function or a coroutine to run it. */
function names(owners: string, members: string): string[] {
  return owners
    .split(' ')
    .flatMap((owner) => members.split(' ').map((member) => `${owner}.${member}`));
}

const SESSIONS =
  'sqlalchemy.ext.asyncio.AsyncSession sqlalchemy.ext.asyncio.async_scoped_session ' +
  'sqlmodel.ext.asyncio.session.AsyncSession';

/** Calls that only make a coroutine: nothing happens until it is awaited. `add` of a session is a plain call. */
export const COROUTINES: ReadonlySet<string> = new Set([
  ...names(
    SESSIONS,
    'execute scalar scalars get get_one refresh flush commit rollback merge delete stream stream_scalars run_sync close',
  ),
  'sqlmodel.ext.asyncio.session.AsyncSession.exec',
  ...names(
    'sqlalchemy.ext.asyncio.AsyncConnection',
    'execute scalar scalars exec_driver_sql commit rollback run_sync close',
  ),
  'sqlalchemy.ext.asyncio.AsyncEngine.dispose',
  ...names('httpx.AsyncClient', 'get post put patch delete head options request send aclose'),
  ...names('httpx.Response', 'aread aclose'),
  ...names('fastapi.UploadFile starlette.datastructures.UploadFile', 'read write seek close'),
  ...names('fastapi.Request', 'json body form close is_disconnected'),
  ...names(
    'fastapi.WebSocket',
    'accept receive receive_text receive_json receive_bytes send send_text send_json send_bytes close ' +
      'send_denial_response',
  ),
  'starlette.concurrency.run_in_threadpool',
  'anyio.to_thread.run_sync',
  'anyio.sleep',
  ...names(
    'asyncio',
    'sleep wait wait_for to_thread create_subprocess_exec create_subprocess_shell',
  ),
  'asyncio.Event.wait',
  ...names('asyncio.Queue', 'get put join'),
  'asyncio.Lock.acquire',
]);

/** Those whose result can be entered with `async with` as well as awaited. */
export const ENTERED_AS_WELL: ReadonlySet<string> = new Set(['fastapi.Request.form']);

/** Calls that run a function in a thread, with the place of that function among their arguments. */
export const OFFLOADERS: Readonly<
  Record<string, { readonly index: number; readonly keyword: string }>
> = {
  'starlette.concurrency.run_in_threadpool': { index: 0, keyword: 'func' },
  'asyncio.to_thread': { index: 0, keyword: 'func' },
  'anyio.to_thread.run_sync': { index: 0, keyword: 'func' },
  'asyncio.AbstractEventLoop.run_in_executor': { index: 1, keyword: 'func' },
};

/** Those that hand no keyword arguments on. */
export const POSITIONAL_OFFLOADERS: ReadonlySet<string> = new Set([
  'anyio.to_thread.run_sync',
  'asyncio.AbstractEventLoop.run_in_executor',
]);

/** Calls that start a task which only its holder keeps alive. A `TaskGroup` keeps its own. */
export const TASK_STARTERS: ReadonlySet<string> = new Set([
  'asyncio.create_task',
  'asyncio.ensure_future',
  'asyncio.AbstractEventLoop.create_task',
]);

/** Decorators after which an `async def` still makes a coroutine. */
export const KEEPS_ASYNC: ReadonlySet<string> = new Set([
  'builtins.staticmethod',
  'builtins.classmethod',
  'abc.abstractmethod',
  'functools.wraps',
  'typing.override',
  'typing.final',
  'typing_extensions.override',
  'tenacity.retry',
  'backoff.on_exception',
]);

/** Calls that take values, and would do nothing sensible with a coroutine. */
export const VALUE_TAKERS: ReadonlySet<string> = new Set([
  ...names(
    'builtins',
    'print len str int float bool repr list tuple set frozenset dict sum min max sorted any all enumerate zip',
  ),
  ...names('json', 'dumps dump loads'),
  ...names('logging', 'debug info warning error exception critical'),
  ...names('logging.Logger', 'debug info warning error exception critical'),
  'fastapi.encoders.jsonable_encoder',
  'fastapi.HTTPException',
]);
