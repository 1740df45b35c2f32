/** Calls that are handed a function and run it on the thread that they are made on. */
export interface Taker {
  /** The place of the function among the arguments: -1 where it can only be given by its keyword. */
  readonly index: number;
  readonly keyword: string;
  /** `now`, when what comes out is gone through, or `later`, when the event loop gets to it. */
  readonly when: 'now' | 'iterated' | 'later';
}

function taker(when: Taker['when'], index: number, keyword = ''): Taker {
  return { when, index, keyword };
}

export const TAKERS: Readonly<Record<string, Taker>> = {
  'builtins.sorted': taker('now', -1, 'key'),
  'builtins.list.sort': taker('now', -1, 'key'),
  'builtins.min': taker('now', -1, 'key'),
  'builtins.max': taker('now', -1, 'key'),
  'functools.reduce': taker('now', 0),
  'builtins.map': taker('iterated', 0),
  'builtins.filter': taker('iterated', 0),
  'itertools.starmap': taker('iterated', 0),
  'asyncio.AbstractEventLoop.call_soon': taker('later', 0),
  'asyncio.AbstractEventLoop.call_soon_threadsafe': taker('later', 0),
  'asyncio.AbstractEventLoop.call_later': taker('later', 1),
  'asyncio.AbstractEventLoop.call_at': taker('later', 1),
  'asyncio.AbstractEventLoop.add_signal_handler': taker('later', 1),
  'asyncio.Task.add_done_callback': taker('later', 0),
  'asyncio.Future.add_done_callback': taker('later', 0),
};

/** They go through an iterable that they are given. */
export const CONSUMERS: ReadonlySet<string> = new Set(
  'list tuple set frozenset sorted dict sum min max any all'
    .split(' ')
    .map((name) => `builtins.${name}`),
);

interface Thread extends Pick<Taker, 'index' | 'keyword'> {
  readonly how: 'thread' | 'background';
}

/** Calls that are handed a function and run it elsewhere, beside those of coroutines.ts. */
export const THREADS: Readonly<Record<string, Thread>> = {
  'concurrent.futures.Executor.submit': { index: 0, keyword: 'fn', how: 'thread' },
  'concurrent.futures.ThreadPoolExecutor.submit': { index: 0, keyword: 'fn', how: 'thread' },
  'concurrent.futures.ProcessPoolExecutor.submit': { index: 0, keyword: 'fn', how: 'thread' },
  'concurrent.futures.ThreadPoolExecutor.map': { index: 0, keyword: 'fn', how: 'thread' },
  'concurrent.futures.ProcessPoolExecutor.map': { index: 0, keyword: 'fn', how: 'thread' },
  'threading.Thread': { index: 1, keyword: 'target', how: 'thread' },
  'multiprocessing.Process': { index: 1, keyword: 'target', how: 'thread' },
  'threading.Timer': { index: 1, keyword: 'function', how: 'thread' },
  'fastapi.BackgroundTasks.add_task': { index: 0, keyword: 'func', how: 'background' },
  'starlette.background.BackgroundTasks.add_task': { index: 0, keyword: 'func', how: 'background' },
  'starlette.background.BackgroundTask': { index: 0, keyword: 'func', how: 'background' },
};
