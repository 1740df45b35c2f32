/** Whether a project does what an exercise asks of it, read from the same model that the rules ask. */
import type { Check, FunctionCheck, RouteCheck, RuleCheck } from '../curriculum/checks.ts';
import type { Words } from '../curriculum/words.ts';
import { chainText } from '../fastapi/effects/chains.ts';
import { stoppingWayFrom, type Witness } from '../fastapi/effects/effects.ts';
import type { Leaf } from '../fastapi/effects/leaves.ts';
import {
  closesOnError,
  functionNamed,
  queriesInLoop,
  responseModelOf,
  routeStops,
} from '../fastapi/facts.ts';
import type { ServedRoute } from '../fastapi/running/flatten.ts';
import { applications } from '../fastapi/running/project.ts';
import { blockOf, definitionOf, nameOf, pathOf } from '../python/definitions.ts';
import { knownFiles } from '../python/modules.ts';
import { functionSignature } from '../python/signatures.ts';
import type { Reader } from '../query/database.ts';
import type { Range } from './diagnostic.ts';
import { blockStarts, fileDiagnostics, fileLines } from './present.ts';

export interface CheckResult {
  readonly holds: boolean;
  /** Why it does not, for the person who is working on it. */
  readonly why: Words | null;
  /** Where to look. */
  readonly at: { readonly path: string; readonly range: Range } | null;
}

const HOLDS: CheckResult = { holds: true, why: null, at: null };

/** One result for each check. `folder` is that of the exercise: what lies elsewhere is none of its business. */
export function checkExercise(
  db: Reader,
  folder: string,
  checks: readonly Check[],
): readonly CheckResult[] {
  return checks.map((check) => {
    if ('rule' in check) return checkRule(db, folder, check);
    if ('route' in check) return checkRoute(db, folder, check);
    const named = 'function' in check ? check.function : check.dependency;
    const id = definitionNamed(db, folder, named);
    if (id === undefined)
      return fails({ en: `There is no ${named}.`, ko: `${named}이(가) 없습니다.` });
    return 'function' in check ? checkFunction(db, id, check) : checkDependency(db, id, named);
  });
}

/** Comments that silence a finding, and settings, have no say here. */
function checkRule(db: Reader, folder: string, { rule, in: part }: RuleCheck): CheckResult {
  const within = part === undefined ? folder : `${folder}/${part.replace(/\/$/, '')}`;
  const found = filesIn(db, within)
    .filter((path) => !path.startsWith(`${folder}/tests/`))
    .flatMap((path) => db.get(fileDiagnostics, path).filter((each) => each.rule === rule));
  const [first] = found;
  if (first === undefined) return HOLDS;
  const many = found.length;
  return fails(
    {
      en: many === 1 ? 'One is left.' : `${many} are left; this is the first.`,
      ko: many === 1 ? '1건 남았습니다.' : `${many}건 남았습니다. 그중 첫 번째입니다.`,
    },
    { path: first.path, range: first.range },
  );
}

function checkRoute(db: Reader, folder: string, check: RouteCheck): CheckResult {
  const { route: wanted, responseModel, blocks } = check;
  const route = routeNamed(db, folder, wanted);
  if (route === undefined) {
    return fails({
      en: `No application serves ${wanted}.`,
      ko: `${wanted}을(를) 제공하는 앱이 없습니다.`,
    });
  }
  const at = route.handler === null ? null : placeOf(db, route.handler);
  const model = responseModel === undefined ? undefined : responseModelOf(db, route);
  if (responseModel !== undefined && model !== responseModel.replace(/\s+/g, '')) {
    return fails(
      {
        en:
          model === undefined
            ? `${wanted} says no response model; ${responseModel} is wanted.`
            : `${wanted} answers with ${model}; ${responseModel} is wanted.`,
        ko:
          model === undefined
            ? `${wanted}에 응답 모델이 없습니다. ${responseModel}이(가) 필요합니다.`
            : `${wanted}의 응답 모델이 ${model}입니다. ${responseModel}이(가) 필요합니다.`,
      },
      at,
    );
  }
  const way = blocks === false ? routeStops(db, route) : undefined;
  return way === undefined ? HOLDS : stops(db, way);
}

function checkFunction(db: Reader, id: string, check: FunctionCheck): CheckResult {
  const at = placeOf(db, id);
  const name = `\`${nameOf(id)}\``;
  const isAsync = db.get(functionSignature, id)?.isAsync === true;
  if (check.isAsync !== undefined && check.isAsync !== isAsync) {
    const is = isAsync ? '`async def`' : '`def`';
    return fails(
      { en: `${name} is ${isAsync ? 'an' : 'a plain'} ${is}.`, ko: `${name}은(는) ${is}입니다.` },
      at,
    );
  }
  const way = check.blocks === false ? stoppingWayFrom(db, id) : null;
  if (way !== null) return stops(db, way);
  const repeats = check.queriesInLoop === false ? queriesInLoop(db, id) : undefined;
  if (repeats === undefined) return HOLDS;
  const where = `\`${nameOf(repeats)}\``;
  return fails(
    {
      en: `${where} sends a query for each item of a loop.`,
      ko: `${where}이(가) 반복문의 항목마다 쿼리를 보냅니다.`,
    },
    placeOf(db, repeats),
  );
}

function checkDependency(db: Reader, id: string, said: string): CheckResult {
  const closes = closesOnError(db, id);
  if (closes === true) return HOLDS;
  return fails(
    closes === undefined
      ? {
          en: `${said} is no dependency with \`yield\`, or nothing depends on it.`,
          ko: `${said}은(는) \`yield\`를 쓰는 의존성이 아니거나, 이것을 쓰는 곳이 없습니다.`,
        }
      : {
          en: 'What it opens stays open when the route raises.',
          ko: '라우트에서 예외가 나면 연 것이 닫히지 않습니다.',
        },
    placeOf(db, id),
  );
}

function fails(why: Words, at: CheckResult['at'] = null): CheckResult {
  return { holds: false, why, at };
}

function stops(db: Reader, way: Witness<Leaf>): CheckResult {
  const [entered = way.leaf] = way.hops;
  const [from = '', ...names] = way.names;
  const text = chainText(from, { ...way, names });
  const start =
    (db.get(blockStarts, pathOf(entered.block)).get(entered.block) ?? 0) + entered.start;
  const end = start + entered.end - entered.start;
  const path = pathOf(entered.block);
  return fails(
    { en: `The event loop stops: ${text}`, ko: `이벤트 루프가 멈춥니다: ${text}` },
    { path, range: db.get(fileLines, path).rangeOf(start, end) },
  );
}

function routeNamed(db: Reader, folder: string, wanted: string): ServedRoute | undefined {
  const [method = '', path = ''] = wanted.split(' ');
  return db
    .get(applications, '')
    .filter((application) => application.path.startsWith(`${folder}/`))
    .flatMap(({ routes }) => routes)
    .find(
      (route) =>
        route.path === path &&
        (method === 'WS'
          ? route.kind === 'websocket'
          : route.kind === 'http' &&
            (route.methods.length === 0 || route.methods.includes(method))),
    );
}

function definitionNamed(db: Reader, folder: string, named: string): string | undefined {
  const [module = '', name = ''] = named.split(':');
  const base = `${folder}/${module.replaceAll('.', '/')}`;
  const files = db.get(knownFiles, '');
  const path = [`${base}.py`, `${base}/__init__.py`].find((each) => files.has(each));
  return path === undefined ? undefined : functionNamed(db, path, name);
}

function filesIn(db: Reader, place: string): readonly string[] {
  return [...db.get(knownFiles, '')].filter(
    (path) => path === place || path.startsWith(`${place}/`),
  );
}

function placeOf(db: Reader, id: string): CheckResult['at'] {
  const node = definitionOf(db, id)?.node;
  if (node === undefined) return null;
  const path = pathOf(id);
  const start = (db.get(blockStarts, path).get(blockOf(id)) ?? 0) + node.nameStart;
  return { path, range: db.get(fileLines, path).rangeOf(start, start + node.name.length) };
}
