/** What a project's CORS middleware lets through. */
import type { CallSite } from '../../python/sites.ts';
import { type Written, writtenValue } from '../constants.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';

const CORS = 'starlette.middleware.cors.CORSMiddleware';
const MIDDLEWARE = 'starlette.middleware.Middleware';

export interface OpenCors {
  /** Why every origin is let in: `allow_origins=["*"]`. */
  readonly opened: string;
  /** Settings say so by their defaults only. */
  readonly isDefault: boolean;
}

/** A CORS middleware that takes requests with cookies from everywhere; nothing where its arguments are not known. */
export function openCorsWithCredentials(subject: Subject, call: CallSite): OpenCors | undefined {
  if (!makesCors(subject, call)) return undefined;
  const { node, scope } = call;
  const value = (name: string): Written | undefined => {
    const given = argumentOf(node, name);
    return given && writtenValue(subject, given, scope);
  };
  const credentials = value('allow_credentials');
  if (credentials?.expression.type !== 'true') return undefined;
  const origins = value('allow_origins');
  if (origins !== undefined && holdsStar(subject, origins))
    return {
      opened: 'allow_origins=["*"]',
      isDefault: origins.isDefault || credentials.isDefault,
    };
  const regex = value('allow_origin_regex');
  if (regex?.expression.type === 'string' && matchesAll(regex.expression.value))
    return {
      opened: `allow_origin_regex="${regex.expression.value}"`,
      isDefault: regex.isDefault || credentials.isDefault,
    };
  return undefined;
}

/** `app.add_middleware(CORSMiddleware, ...)`, `Middleware(CORSMiddleware, ...)`, `CORSMiddleware(app, ...)`. */
function makesCors(subject: Subject, { node, scope }: CallSite): boolean {
  const { callee, args } = node;
  if (subject.nameOf(callee, scope) === CORS) return true;
  const called = callee.type === 'attribute' ? callee.name : subject.nameOf(callee, scope);
  // Whatever has such a method and is given Starlette's class is an application.
  if (called !== 'add_middleware' && called !== MIDDLEWARE && called !== 'Middleware') return false;
  const given = args.find((argument) => argument.name === undefined)?.value;
  const made = given ?? argumentOf(node, 'middleware_class') ?? argumentOf(node, 'cls');
  return made !== undefined && subject.nameOf(made, scope) === CORS;
}

/** Starlette asks `"*" in allow_origins`, so a text does as well. */
function holdsStar(subject: Subject, { expression, scope }: Written): boolean {
  switch (expression.type) {
    case 'string':
      return expression.value === '*';
    case 'list':
    case 'tuple':
    case 'set':
      return expression.elements.some((element) => {
        const written = writtenValue(subject, element, scope, 1);
        return written?.expression.type === 'string' && written.expression.value === '*';
      });
    case 'binary':
      return (
        expression.operator === '+' &&
        [expression.left, expression.right].some((side) => {
          const written = writtenValue(subject, side, scope, 1);
          return written !== undefined && holdsStar(subject, written);
        })
      );
    default:
      return false;
  }
}

/** Patterns that every origin matches, as people write them: `.*`, `https?://.*`. */
function matchesAll(pattern: string): boolean {
  const bare = pattern.replace(/^\^|\$$/g, '').replace(/\(\?:|[()]/g, '');
  return /^(?:(?:https?\??|http\|https):\/\/)?\.[*+]$/.test(bare);
}
