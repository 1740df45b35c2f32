/** What an `except` catches. */
import { BROAD_EXCEPTIONS } from '../knowledge/exceptions.ts';
import type { ExceptHandler, Expression } from '../syntax/nodes.ts';
import type { Subject } from './subject.ts';

/** The classes that an `except` names, alone or in a tuple; a bare one names none. */
export function classesCaught({ exception }: ExceptHandler): readonly Expression[] {
  if (exception === undefined) return [];
  return exception.type === 'tuple' ? exception.elements : [exception];
}

/** `except:`, `except Exception`, `except (ValueError, BaseException)`. */
export function catchesAnything(
  { nameOf }: Pick<Subject, 'nameOf'>,
  handler: ExceptHandler,
  scope: string,
): boolean {
  if (handler.exception === undefined) return true;
  return classesCaught(handler).some((one) => BROAD_EXCEPTIONS.has(nameOf(one, scope) ?? ''));
}
