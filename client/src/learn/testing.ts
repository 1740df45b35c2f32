/** An exercise's tests in the Testing view: found without running anything, run by pytest when somebody asks. */
import * as vscode from 'vscode';
import type { Exercise } from '../../../server/src/curriculum/exercise.ts';
import {
  describeFailure,
  describeTest,
  pytestCommand,
  readEvent,
  type TestEvent,
  testFiles,
  testsIn,
  whyNotRun,
} from '../../../server/src/curriculum/pytest.ts';
import type { Active, ActiveExercises, TestOutcome } from './active.ts';
import { type Content, readText } from './content.ts';
import { isTrusted, mend, type Problem } from './missing.ts';
import { choosePython, type Programs } from './python.ts';
import { saveBelow } from './starting.ts';
import { say } from './words.ts';

export interface Tests extends vscode.Disposable {
  /** Runs all tests of an exercise. */
  run(id: string): Promise<void>;
}

export function createTests(content: Content, active: ActiveExercises, programs: Programs): Tests {
  const controller = vscode.tests.createTestController(
    'fastapiMentor.exercises',
    vscode.l10n.t('FastAPI Mentor: exercises'),
  );

  const find = async () => {
    const items = await Promise.all(active.all().map((each) => itemOf(controller, each)));
    controller.items.replace(items);
  };
  let listed = '';
  const follow = active.onDidChange(() => {
    const now = JSON.stringify(active.all().map(({ folder }) => folder.toString()));
    if (now === listed) return;
    listed = now;
    void find();
  });

  const runOne = async (
    one: Active,
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    made?: string,
  ): Promise<void> => {
    const item = controller.items.get(one.exercise.id);
    if (item === undefined || !(await isTrusted())) return;
    const python = made ?? (await choosePython(one.folder, programs));
    const problem =
      python === undefined
        ? 'no-python'
        : await runPytest({
            content,
            one,
            item,
            controller,
            request,
            token,
            python,
            programs,
            active,
          }).finally(() => active.setRunning(one.exercise.id, false));
    if (problem === undefined || token.isCancellationRequested) return;
    const now = await mend(problem, one, programs, made);
    if (now !== undefined) await runOne(one, request, token, now);
  };

  const profile = controller.createRunProfile(
    vscode.l10n.t('Run the tests'),
    vscode.TestRunProfileKind.Run,
    async (request, token) => {
      for (const one of active.all()) {
        const isWanted =
          request.include === undefined ||
          request.include.some(({ id }) => id.startsWith(one.exercise.id));
        if (isWanted) await runOne(one, request, token);
      }
    },
    true,
  );

  return {
    async run(id) {
      const one = active.byId(id);
      if (one === undefined) return;
      if (controller.items.get(id) === undefined) await find();
      const item = controller.items.get(id);
      const source = new vscode.CancellationTokenSource();
      const request = new vscode.TestRunRequest(
        item === undefined ? [] : [item],
        undefined,
        profile,
      );
      await runOne(one, request, source.token);
      source.dispose();
    },
    dispose() {
      follow.dispose();
      controller.dispose();
    },
  };
}

async function itemOf(
  controller: vscode.TestController,
  { exercise, folder }: Active,
): Promise<vscode.TestItem> {
  const item = controller.createTestItem(exercise.id, say(exercise.title), folder);
  for (const file of exercise.tests) {
    const uri = vscode.Uri.joinPath(folder, file);
    for (const { name, line } of testsIn((await readText(uri)) ?? '')) {
      const test = controller.createTestItem(
        `${exercise.id}#${name}`,
        say(describeTest(exercise, name)),
        uri,
      );
      test.range = new vscode.Range(line, 0, line, 0);
      item.children.add(test);
    }
  }
  return item;
}

interface Run {
  readonly content: Content;
  readonly one: Active;
  readonly item: vscode.TestItem;
  readonly controller: vscode.TestController;
  readonly request: vscode.TestRunRequest;
  readonly token: vscode.CancellationToken;
  readonly python: string;
  readonly programs: Programs;
  readonly active: ActiveExercises;
}

/** Gives why the tests could not be run. */
async function runPytest(given: Run): Promise<Problem | undefined> {
  const { content, one, item, controller, request, token, python, programs, active } = given;
  const { exercise, folder } = one;
  await saveBelow(folder);
  const { edits } = one;
  active.setRunning(exercise.id, true);
  const walkthroughs = content.walkthroughs.fsPath.replaceAll('\\', '/');
  const { args, env } = pytestCommand({
    folder: folder.fsPath,
    walkthroughs,
    tests: testFiles(walkthroughs, exercise),
    pathDelimiter: programs.pathDelimiter,
  });
  const run = controller.createTestRun(request, say(exercise.title), false);
  const stop = new AbortController();
  token.onCancellationRequested(() => stop.abort());
  run.token.onCancellationRequested(() => stop.abort());
  for (const [, child] of item.children) run.enqueued(child);
  const outcomes = new Map<string, TestOutcome>();
  const broken: string[] = [];
  const { code, printed } = await programs.run(python, args, {
    cwd: folder.fsPath,
    env,
    signal: stop.signal,
    onLine(line) {
      const event = readEvent(line);
      if (event === undefined) run.appendOutput(`${line}\r\n`);
      else if (event.kind === 'broken') broken.push(event.says);
      else tell(run, item, exercise, event, outcomes);
    },
  });
  if (broken.length > 0) {
    const message = new vscode.TestMessage(broken.join('\n'));
    for (const [, child] of item.children) run.errored(child, message);
  }
  run.end();
  if (outcomes.size > 0) active.setTests(exercise.id, outcomes, edits);
  if (outcomes.size > 0 || stop.signal.aborted) return undefined;
  if (code === undefined) return 'no-python';
  const why = whyNotRun(broken.length > 0 ? broken.join('\n') : printed);
  if (why !== 'broken') return why;
  if (broken.length === 0) return { printed };
  // The learner's own module can't be imported: no test can pass, and all say why.
  const failed = { passed: false, says: lastLineOf(broken.join('\n')) };
  active.setTests(exercise.id, new Map(one.testNames.map((name) => [name, failed])), edits);
  return undefined;
}

function tell(
  run: vscode.TestRun,
  item: vscode.TestItem,
  exercise: Exercise,
  event: TestEvent,
  outcomes: Map<string, TestOutcome>,
): void {
  if (event.kind !== 'started' && event.kind !== 'ended') return;
  // Of a test with parameters each one counts, and the first that fails says why.
  const name = event.test.replace(/\[.*$/, '');
  const test = item.children.get(`${exercise.id}#${name}`);
  const hasFailed = outcomes.get(name)?.passed === false;
  if (event.kind === 'started') {
    if (test !== undefined && !hasFailed) run.started(test);
    return;
  }
  if (event.outcome === 'passed') {
    if (hasFailed) return;
    outcomes.set(name, { passed: true });
    if (test !== undefined) run.passed(test);
    return;
  }
  const long = event.long.replace(/\r?\n/g, '\r\n');
  if (!hasFailed) outcomes.set(name, { passed: false, says: event.says });
  if (test === undefined) return;
  run.appendOutput(long, undefined, test);
  if (hasFailed) return;
  const message = new vscode.TestMessage(say(describeFailure(exercise, event.says)));
  if (test.uri !== undefined)
    message.location = new vscode.Location(test.uri, new vscode.Position(event.line - 1, 0));
  run.failed(test, message);
}

/** Of what pytest says of a module that can't be imported: the error itself. */
function lastLineOf(text: string): string {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  return line.replace(/^E\s+/, '');
}
