/** Locks, events and queues of threads, by public name: waiting for one holds up the thread that waits. */
function names(owners: string, members: string): string[] {
  return owners
    .split(' ')
    .flatMap((owner) => members.split(' ').map((member) => `${owner}.${member}`));
}

/** What a `with` acquires. Those that the same thread may take again come last. */
export const LOCKS: ReadonlySet<string> = new Set(
  names('threading', 'Lock Semaphore BoundedSemaphore RLock Condition'),
);
export const REENTRANT: ReadonlySet<string> = new Set(names('threading', 'RLock Condition'));

export const ACQUIRES: ReadonlySet<string> = new Set([...LOCKS].map((lock) => `${lock}.acquire`));

const QUEUES = names('queue', 'Queue LifoQueue PriorityQueue SimpleQueue').join(' ');

/** Calls that wait until somebody else does something. */
export const LOCK_WAITS: ReadonlySet<string> = new Set([
  ...names('threading.Event threading.Barrier', 'wait'),
  ...names('threading.Condition', 'wait wait_for'),
  ...names(QUEUES, 'get join'),
]);

/** They wait only where the queue was given a size. */
export const QUEUE_PUTS: ReadonlySet<string> = new Set(
  names('queue.Queue queue.LifoQueue queue.PriorityQueue', 'put'),
);
