import type { ServedRoute } from '../running/flatten.ts';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Whether a route is there to change something, by its methods. */
export function isWriting({ kind, methods }: ServedRoute): boolean {
  return kind === 'http' && methods.some((method) => !READING.has(method));
}
