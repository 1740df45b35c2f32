import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';

export interface Ended {
  /** `undefined` when there is no such program. */
  readonly code: number | undefined;
  readonly printed: string;
  /** Of it, what went to the standard output. */
  readonly output: string;
}

/** Runs a program to its end; what it prints, on both of its streams, is also told line by line. Never rejects. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    onLine?(line: string): void;
    /** Ends it before its time, and whatever it has started. */
    readonly signal?: AbortSignal;
  },
): Promise<Ended> {
  const { signal } = options;
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve({ code: 1, printed: '', output: '' });
      return;
    }
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own can be ended as a whole.
      detached: signal !== undefined && process.platform !== 'win32',
      windowsHide: true,
    });
    const stop = () => endWithItsOwn(child);
    signal?.addEventListener('abort', stop, { once: true });
    let printed = '';
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        printed += chunk;
        if (stream === child.stdout) output += chunk;
        const lines = (rest + chunk).split(/\r?\n/);
        rest = lines.pop() ?? '';
        for (const line of lines) options.onLine?.(line);
      });
      stream.on('end', () => {
        if (rest !== '') options.onLine?.(rest);
      });
    }
    const end = (code: number | undefined) => {
      signal?.removeEventListener('abort', stop);
      resolve({ code, printed, output });
    };
    child.on('error', () => end(undefined));
    // Only when all who might print have ended.
    child.on('close', (code) => end(code ?? 1));
  });
}

/** `python -m venv` has another Python install pip: ended alone, it would leave that one at work. */
function endWithItsOwn({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    const kill = spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true });
    kill.on('error', () => {});
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // They have ended already.
  }
}
