/** Names about event loops themselves. */

/** Calls that start an event loop and wait until it is done: `RuntimeError` where one runs in the thread already. */
export const LOOP_RUNNERS: ReadonlySet<string> = new Set([
  'asyncio.run',
  'asyncio.AbstractEventLoop.run_until_complete',
  'asyncio.AbstractEventLoop.run_forever',
  'asyncio.Runner.run',
  'anyio.run',
  'uvicorn.run',
]);

/** Those that make a loop of their own, so that they work in any thread where none runs. */
export const OWN_LOOPS: ReadonlySet<string> = new Set([
  'asyncio.run',
  'asyncio.Runner.run',
  'anyio.run',
]);

/** Calls that tell whether an event loop runs here. */
export const LOOP_QUESTIONS: ReadonlySet<string> = new Set([
  'asyncio.get_running_loop',
  'asyncio._get_running_loop',
  'asyncio.events._get_running_loop',
  'asyncio.AbstractEventLoop.is_running',
  'sniffio.current_async_library',
]);
