/** The response classes that FastAPI deprecated when it began to write JSON by Pydantic. */
import type { Argument, Call } from '../../syntax/nodes.ts';
import type { Subject } from '../subject.ts';
import { isPinnedBelow } from '../versions.ts';

const DEPRECATED: ReadonlySet<string> = new Set([
  'fastapi.responses.ORJSONResponse',
  'fastapi.responses.UJSONResponse',
]);

/** Whether a name is one of them, at the version that the project pins. */
export function isDeprecatedResponse({ db, path }: Subject, name: string | undefined): boolean {
  return name !== undefined && DEPRECATED.has(name) && !isPinnedBelow(db, path, 'fastapi', '0.131');
}

/** The argument that makes one of them the class of a route's, a router's or an app's responses. */
export function deprecatedClassArgument(
  subject: Subject,
  call: Call,
  scope: string,
): Argument | undefined {
  return call.args.find(
    ({ name, value }) =>
      (name === 'response_class' || name === 'default_response_class') &&
      isDeprecatedResponse(subject, subject.nameOf(value, scope)),
  );
}
