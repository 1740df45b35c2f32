import { spawn } from 'node:child_process';
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
    /** Ends it before its time. */
    readonly signal?: AbortSignal;
  },
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.signal && { signal: options.signal }),
    });
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
    child.on('error', () => resolve({ code: undefined, printed, output }));
    child.on('close', (code) => resolve({ code: code ?? 1, printed, output }));
  });
}
