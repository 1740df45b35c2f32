/** What a project's CORS middleware lets through. */
import type { CallSite } from '../../python/sites.ts';
import type { Comprehension, Expression } from '../../syntax/nodes.ts';
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
    return given ? writtenValue(subject, given, scope) : unpacked(subject, call, name);
  };
  const credentials = value('allow_credentials');
  if (credentials?.expression.type !== 'true') return undefined;
  const origins = value('allow_origins');
  const star = origins && starIn(subject, origins);
  if (star !== undefined)
    return { opened: 'allow_origins=["*"]', isDefault: star.isDefault || credentials.isDefault };
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

/** `**options`, of a dict that is written out. */
function unpacked(subject: Subject, { node, scope }: CallSite, name: string): Written | undefined {
  const [only, ...others] = node.args.filter(({ star }) => star === '**');
  const dict = only && others.length === 0 ? writtenValue(subject, only.value, scope) : undefined;
  if (dict?.expression.type !== 'dict') return undefined;
  const { entries } = dict.expression;
  const entry = entries.find(({ key }) => key?.type === 'string' && key.value === name);
  const isWhole = entries.every(({ key }) => key !== undefined);
  return entry && isWhole ? writtenValue(subject, entry.value, dict.scope) : undefined;
}

/** The star among origins. Starlette asks `"*" in allow_origins`, so a text does as well. */
function starIn(subject: Subject, written: Written): Pick<Written, 'isDefault'> | undefined {
  const { expression, scope, isDefault } = written;
  const inside = (part: Expression, hops = 1) => {
    const found = writtenValue(subject, part, scope, hops);
    const star = found && starIn(subject, found);
    return star && { isDefault: star.isDefault || isDefault };
  };
  switch (expression.type) {
    case 'string':
      return expression.value === '*' ? written : undefined;
    case 'list':
    case 'tuple':
    case 'set':
      return expression.elements.map((element) => inside(element)).find((one) => one !== undefined);
    case 'binary':
      return expression.operator === '+'
        ? (inside(expression.left) ?? inside(expression.right))
        : undefined;
    case 'comprehension': {
      const origins = copied(expression);
      return origins && inside(origins, 2);
    }
    case 'call': {
      const [only, ...others] = expression.args;
      const isCopy = subject.nameOf(expression.callee, scope) === 'builtins.list';
      return isCopy && only && others.length === 0 ? inside(only.value, 2) : undefined;
    }
    default:
      return undefined;
  }
}

/** What `[str(origin) for origin in origins]` goes through. */
function copied({ element, clauses }: Comprehension): Expression | undefined {
  const [only, ...others] = clauses;
  if (only === undefined || others.length > 0 || only.conditions.length > 0) return undefined;
  const named =
    element.type === 'call' && element.callee.type === 'name' && element.callee.id === 'str'
      ? element.args[0]?.value
      : element;
  const isSame =
    named?.type === 'name' && only.target.type === 'name' && named.id === only.target.id;
  return isSame ? only.iterable : undefined;
}

/** Patterns that every origin matches, as people write them: `.*`, `https?://.*`. */
function matchesAll(pattern: string): boolean {
  const bare = pattern.replace(/^\^|\$$/g, '').replace(/\(\?:|[()]/g, '');
  return /^(?:(?:https?\??|http\|https):\/\/)?\.[*+]$/.test(bare);
}
