/** How code is quoted in a sentence. */
import type { Expression } from './nodes.ts';

/** What is called, as a message says it: `db.query(...).filter(...).all`, whatever stands between the parentheses. */
export function spelled(callee: Expression): string {
  switch (callee.type) {
    case 'name':
      return callee.id;
    case 'attribute':
      return `${spelled(callee.object)}.${callee.name}`;
    case 'call':
      return `${spelled(callee.callee)}(...)`;
    case 'subscript':
      return `${spelled(callee.object)}[...]`;
    case 'await':
      return `(await ${spelled(callee.value)})`;
    case 'string':
      return '"..."';
    default:
      return '(...)';
  }
}
