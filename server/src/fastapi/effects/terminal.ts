/** What somebody at a terminal is asked. */
import { TERMINAL_INPUT } from '../../knowledge/blocking.ts';
import { createEvaluator } from '../../python/evaluate.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import type { NamedCall } from '../calls.ts';
import { isDependency } from '../dependencies.ts';
import { isHandler } from '../handlers.ts';
import type { Subject } from '../subject.ts';
import { mainGuards } from './commands.ts';

/** Waits for somebody to type, where nobody may be. */
export function inputUse(subject: Subject, { name, scope }: NamedCall): boolean {
  return TERMINAL_INPUT.has(name) && !hasTerminal(subject, scope);
}

/** Whether a function is part of a program that is started by hand. What it serves requests with is not. */
export function hasTerminal(subject: Subject, functionId: string): boolean {
  return (
    subject.db.get(isProgram, subject.path) &&
    !isHandler(subject, functionId) &&
    !isDependency(subject.db, functionId)
  );
}

const SERVERS = /^(?:uvicorn|hypercorn|granian|gunicorn)\./;

/** By path: whether a file does something under its `if __name__ == "__main__"` other than to start a server. */
const isProgram = defineQuery<boolean>('is program', (db, path) => {
  const { meaningOf } = createEvaluator(db);
  return mainGuards(db, path).some((block) =>
    sitesOf(db, block).calls.every(({ node, scope }) => {
      const value = meaningOf(node.callee, scope);
      return !(value?.kind === 'external' && SERVERS.test(value.name));
    }),
  );
});
