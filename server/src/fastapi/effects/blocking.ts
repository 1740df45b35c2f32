/** Which calls hold up the thread they run on, and with what. */
import {
  ARCHIVE_OPENERS,
  BLOCKING_FILES,
  BLOCKING_SUBPROCESS,
  FILE_OPENERS,
  UPLOAD_FILES,
} from '../../knowledge/blocking.ts';
import { type Work, workOf } from '../../knowledge/blocking-cpu.ts';
import {
  isBlockingDatabase,
  isCloudService,
  LAZY_RESULTS,
} from '../../knowledge/blocking-database.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import { externalClassOf, type Value } from '../../python/values.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { type NamedCall, namedCall, type Standing } from '../calls.ts';
import type { Subject } from '../subject.ts';
import { isTool } from './commands.ts';

/** Starts a process: `waits` until it ends (or waits for one that runs), or only `starts` it. */
export function processUse(subject: Subject, call: NamedCall): 'waits' | 'starts' | undefined {
  if (BLOCKING_SUBPROCESS.has(call.name)) return 'waits';
  if (call.name !== 'subprocess.Popen' || call.use.kind === 'operand') return undefined;
  // Called here, or handed to a thread that calls it.
  const isWaitedFor = callsBeside(subject, call).some(
    ({ name, node, scope }) =>
      WAITS.test(name) ||
      node.args.some(({ value }) => WAITS.test(subject.nameOf(value, scope) ?? '')),
  );
  if (isWaitedFor) return undefined;
  // Leaving the `with` waits.
  return call.use.kind === 'entered' ? 'waits' : 'starts';
}

const WAITS = /^subprocess\.Popen\.(?:wait|communicate)$/;

/** Code of the command line has no other requests to hold up either: it counts as a script. */
export function asScript<S extends Pick<Standing, 'isScript' | 'isProgram'>>(
  subject: Subject,
  call: S,
): S {
  return isTool(subject.db, subject.path) || call.isProgram() ? { ...call, isScript: true } : call;
}

/** Up to this many seconds are no more than what Python computes in between. */
const MOMENT = 0.01;

/** `time.sleep(0.001)`: it only lets other threads go first. */
export function isMoment({ node }: NamedCall): boolean {
  const [seconds] = node.args;
  return seconds?.value.type === 'number' && Number(seconds.value.text) <= MOMENT;
}

/** Touches the disk: `opens` a file, moves all of it (`whole`), or goes past the methods of an `UploadFile` (`upload`). */
export function fileUse(
  subject: Subject,
  call: NamedCall,
): 'opens' | 'whole' | 'upload' | undefined {
  const { name, node, scope } = call;
  if (FILE_OPENERS.has(name)) return 'opens';
  if (UPLOAD_FILES.has(name)) return 'upload';
  const given = node.args.map(({ value }) => subject.meaningOf(value, scope));
  if (ARCHIVE_OPENERS.has(name)) return isPath(given[0]) ? 'opens' : undefined;
  if (!BLOCKING_FILES.has(name)) return undefined;
  return given.length > 0 && given.every(isInMemory) ? undefined : 'whole';
}

function isInMemory(value: Value | undefined): boolean {
  return /^io\.(?:BytesIO|StringIO)$/.test(externalClassOf(value) ?? '');
}

function isPath(value: Value | undefined): boolean {
  return /^(?:builtins\.str|pathlib\.Path)$/.test(externalClassOf(value) ?? '');
}

/**
 * Waits for a database (`waits`) or a cloud service (`service`) through a synchronous driver: of a chain the call that
 * sends it. `iterates`: a query or cursor that is sent because a `for`, a `*` or a `list(...)` goes through it.
 */
export function databaseUse(
  subject: Subject,
  call: NamedCall,
): 'waits' | 'service' | 'iterates' | undefined {
  if (isBlockingDatabase(call.name)) return isCloudService(call.name) ? 'service' : 'waits';
  if (!isIterated(subject, call)) return undefined;
  const value = subject.meaningOf(call.node, call.scope);
  const isLazy = LAZY_RESULTS.has(externalClassOf(value) ?? '');
  return isLazy ? 'iterates' : undefined;
}

const ITERATES: ReadonlySet<string> = new Set(
  'list tuple set sorted dict'.split(' ').map((name) => `builtins.${name}`),
);

function isIterated(subject: Subject, { use, scope }: CallSite): boolean {
  if (use.kind === 'iterated') return true;
  if (use.kind !== 'argument') return false;
  const taker = subject.nameOf(use.call.callee, scope);
  return taker !== undefined && ITERATES.has(taker);
}

/** What keeps the processor busy. Of a chain (`image.convert("RGB").resize(size)`) only the last such call. */
export function heavyWork(subject: Subject, call: NamedCall): Work | undefined {
  const work = workOf(call.name);
  if (call.name === 'PIL.Image.Image.save' && isMadeSmall(subject, call)) return undefined;
  if (work === undefined || call.use.kind !== 'operand') return work;
  const isInner = callsBeside(subject, call).some(
    ({ node, name }) =>
      node.start === call.node.start && node.end > call.node.end && workOf(name) === work,
  );
  return isInner ? undefined : work;
}

/** Before it is saved, the function makes an image small: writing that takes less than a millisecond. */
function isMadeSmall(subject: Subject, save: NamedCall): boolean {
  return callsBeside(subject, save).some(
    ({ node, name }) =>
      RESIZES.test(name) &&
      node.end <= save.node.start &&
      node.args.some(
        ({ value }) => value.type === 'tuple' && value.elements.every((side) => isSmall(side)),
      ),
  );
}

const RESIZES = /^PIL\.(?:Image\.Image\.(?:resize|thumbnail)|ImageOps\.(?:fit|contain))$/;

function isSmall(side: Expression): boolean {
  return side.type === 'number' && Number(side.text) <= 512;
}

/** The other named calls of the function that a call stands in. */
function callsBeside(subject: Subject, call: NamedCall): readonly NamedCall[] {
  return sitesOf(subject.db, subject.block).calls.flatMap((site) =>
    site.scope === call.scope ? (namedCall(subject, site) ?? []) : [],
  );
}

/** Whether evaluating an expression only builds something, so that it may stay on the loop. */
export function isCheapReceiver(subject: Subject, callee: Expression, scope: string): boolean {
  if (callee.type !== 'attribute') return false;
  const made = externalClassOf(subject.meaningOf(callee.object, scope));
  return made !== undefined && (LAZY_RESULTS.has(made) || made === 'pathlib.Path');
}
