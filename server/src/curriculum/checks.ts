/** What an exercise may ask of a project while it is typed. AUTHORS.md says the same to authors. */
import { keysOf, like, Mistake, maybe, oneOf, type Shape, text, truth } from './shape.ts';
import type { Words } from './words.ts';

/** No finding of this rule is left, suppressed ones included; `in` is a file or a folder. */
export interface RuleCheck {
  readonly rule: string;
  readonly is: 'silent';
  readonly in?: string;
}

/** An application serves this route, and it is as is said of it. */
export interface RouteCheck {
  readonly route: string;
  readonly responseModel?: string;
  /** Nothing that it runs on the event loop holds the loop up. */
  readonly blocks?: false;
}

/** `app.services.feed:load_feed` is there, and it is as is said of it. */
export interface FunctionCheck {
  readonly function: string;
  readonly isAsync?: boolean;
  readonly blocks?: false;
  /** Neither itself nor through what it calls. */
  readonly queriesInLoop?: false;
}

/** What this dependency opens is closed also when the route raises. */
export interface DependencyCheck {
  readonly dependency: string;
  readonly releasesOnError: true;
}

export type Check = RuleCheck | RouteCheck | FunctionCheck | DependencyCheck;

const ruleName = like(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'a rule such as "async/blocking-chain"');
const routeName = like(/^([A-Z]+|WS) \/\S*$/, 'a method and a path such as "GET /feed"');
const definition = like(
  /^[A-Za-z_][\w.]*:[A-Za-z_][\w.]*$/,
  'a module and a name such as "app.services.feed:load_feed"',
);
const never: Shape<false> = oneOf(false);

/** Throws a `Mistake` for what is no check. */
export const check: Shape<Check> = (value, place) => {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.includes('rule')) return ruleCheck(value, place);
  if (keys.includes('route')) return routeCheck(value, place);
  if (keys.includes('function')) return functionCheck(value, place);
  if (keys.includes('dependency')) return dependencyCheck(value, place);
  throw new Mistake(`${place}: a check asks about a rule, a route, a function or a dependency`);
};

function ruleCheck(value: unknown, place: string): RuleCheck {
  const given = keysOf(value, place, ['rule', 'is', 'in']);
  return {
    rule: ruleName(given.rule, `${place}.rule`),
    is: oneOf('silent')(given.is, `${place}.is`),
    ...defined('in', maybe(text)(given.in, `${place}.in`)),
  };
}

function routeCheck(value: unknown, place: string): RouteCheck {
  const given = keysOf(value, place, ['route', 'responseModel', 'blocks']);
  return {
    route: routeName(given.route, `${place}.route`),
    ...defined('responseModel', maybe(text)(given.responseModel, `${place}.responseModel`)),
    ...defined('blocks', maybe(never)(given.blocks, `${place}.blocks`)),
  };
}

function functionCheck(value: unknown, place: string): FunctionCheck {
  const given = keysOf(value, place, ['function', 'isAsync', 'blocks', 'queriesInLoop']);
  return {
    function: definition(given.function, `${place}.function`),
    ...defined('isAsync', maybe(truth)(given.isAsync, `${place}.isAsync`)),
    ...defined('blocks', maybe(never)(given.blocks, `${place}.blocks`)),
    ...defined('queriesInLoop', maybe(never)(given.queriesInLoop, `${place}.queriesInLoop`)),
  };
}

function dependencyCheck(value: unknown, place: string): DependencyCheck {
  const given = keysOf(value, place, ['dependency', 'releasesOnError']);
  return {
    dependency: definition(given.dependency, `${place}.dependency`),
    releasesOnError: oneOf(true)(given.releasesOnError, `${place}.releasesOnError`),
  };
}

function defined<K extends string, T>(key: K, value: T | undefined): { [key in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: T });
}

/** By which an exercise calls one of its checks when it says what fails: the rule, the route, the function. */
export function subjectOfCheck(one: Check): string {
  if ('rule' in one) return one.rule;
  if ('route' in one) return one.route;
  return 'function' in one ? one.function : one.dependency;
}

/** What must hold, in a line of the checklist. */
export function describeCheck(one: Check): Words {
  if ('rule' in one) {
    const where =
      one.in === undefined ? { en: '', ko: '' } : { en: ` in ${one.in}`, ko: `${one.in}에 ` };
    return {
      en: `Nothing is left of ${one.rule}${where.en}`,
      ko: `${where.ko}${one.rule} 결과가 남아 있지 않음`,
    };
  }
  if ('route' in one) return joined(one.route, routeParts(one));
  if ('function' in one) return joined(one.function, functionParts(one));
  return {
    en: `${one.dependency} closes what it opens, also when the route raises`,
    ko: `${one.dependency}: 라우트에서 예외가 나도 연 것을 닫음`,
  };
}

function routeParts({ responseModel, blocks }: RouteCheck): readonly Words[] {
  return [
    ...(responseModel === undefined
      ? []
      : [{ en: `answers with ${responseModel}`, ko: `${responseModel}(으)로 응답함` }]),
    ...(blocks === undefined
      ? []
      : [{ en: 'never stops the event loop', ko: '이벤트 루프를 멈추지 않음' }]),
  ];
}

function functionParts({ isAsync, blocks, queriesInLoop }: FunctionCheck): readonly Words[] {
  return [
    ...(isAsync === undefined
      ? []
      : isAsync
        ? [{ en: 'is an `async def`', ko: '`async def`임' }]
        : [{ en: 'is a plain `def`', ko: '일반 `def`임' }]),
    ...(blocks === undefined
      ? []
      : [{ en: 'never stops the event loop', ko: '이벤트 루프를 멈추지 않음' }]),
    ...(queriesInLoop === undefined
      ? []
      : [{ en: 'sends no query in a loop', ko: '반복문 안에서 쿼리를 보내지 않음' }]),
  ];
}

function joined(subject: string, parts: readonly Words[]): Words {
  if (parts.length === 0) return { en: `${subject} is there`, ko: `${subject}이(가) 있음` };
  return {
    en: `${subject} ${parts.map(({ en }) => en).join(' and ')}`,
    ko: `${subject}: ${parts.map(({ ko }) => ko).join(', ')}`,
  };
}
