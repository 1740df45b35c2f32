// A test runner of a few lines: the extension host has no room for a real one.
import { rename, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';

export interface TestResult {
  name: string;
  milliseconds: number;
  /** Present when the test failed. */
  error?: string;
}

type Test = { name: string; body: () => Promise<void> };

const tests: Test[] = [];

export function test(name: string, body: () => Promise<void>): void {
  tests.push({ name, body });
}

/** Runs every test, one after another, and leaves the results as JSON in `file`. */
export async function runTests(file: string): Promise<TestResult[]> {
  const results: TestResult[] = [];
  for (const { name, body } of tests) {
    const start = performance.now();
    const error = await body().then(
      () => undefined,
      (reason: unknown) =>
        reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
    );
    const milliseconds = Math.round(performance.now() - start);
    results.push({ name, milliseconds, ...(error === undefined ? {} : { error }) });
  }
  // Whoever waits for the file must never read half of it.
  await writeFile(`${file}.part`, JSON.stringify(results, undefined, 2));
  await rename(`${file}.part`, file);
  return results;
}

const patience = 30_000;

/** Resolves with what `look` gives once it is not undefined; looks after every diagnostics event. */
export function untilDiagnostics<T>(what: string, look: () => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const attempt = () => {
      const found = look();
      if (found === undefined) return;
      stop();
      resolve(found);
    };
    const listener = vscode.languages.onDidChangeDiagnostics(attempt);
    const limit = setTimeout(() => {
      stop();
      reject(new Error(`Waited ${patience / 1000} s for ${what}`));
    }, patience);
    const stop = () => {
      clearTimeout(limit);
      listener.dispose();
    };
    attempt();
  });
}

/** What `promised` gives, unless that takes too long. */
export async function within<T>(what: string, promised: Promise<T>): Promise<T> {
  let limit: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    limit = setTimeout(
      () => reject(new Error(`Waited ${patience / 1000} s for ${what}`)),
      patience,
    );
  });
  return Promise.race([promised, tooLong]).finally(() => clearTimeout(limit));
}
