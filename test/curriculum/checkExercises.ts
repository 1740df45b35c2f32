/**
 * Whether exercises are what they say: the starter fails just in what it lists, the solution passes and has no finding,
 * other right solutions pass, wrong ones fail.
 */
import type { Exercise, Failure } from '../../server/src/curriculum/exercise.ts';
import { describeFailure } from '../../server/src/curriculum/pytest.ts';
import { type Failures, type How, type Tests, THE_TESTS } from './behaviour.ts';
import { type Case, casesOf, labelOf } from './cases.ts';
import type { Remembered } from './remembered.ts';

export interface Bench {
  /** Started when they are needed. */
  tests(): Tests;
  /** The solution is tried just as a learner tries it: what it would share with other cases, it can't lean on. */
  how(one: Case): How;
  /** What the tests said, by the whole of what they tried. */
  readonly remembered: Remembered;
  keyOf(one: Case): string;
  analyse(one: Case): Analysis;
}

/** What is checked while typing and does not hold, and every finding. */
export interface Analysis {
  readonly failed: Failures;
  readonly findings: readonly string[];
}

/** How many cases there are, how many of them were tried, and what is not as it should be. */
export interface Checked {
  readonly cases: number;
  readonly tried: number;
  readonly found: readonly string[];
}

export async function checkExercise(
  exercise: Exercise,
  walkthroughs: string,
  bench: Bench,
): Promise<Checked> {
  const cases = casesOf(exercise, walkthroughs);
  const verdicts = await Promise.all(cases.map((one) => checkCase(one, bench)));
  return {
    cases: cases.length,
    tried: verdicts.filter(({ isTried }) => isTried).length,
    found: [...tooFew(exercise), ...verdicts.flatMap(({ found }) => found)],
  };
}

/** Three that pass show that the tests don't ask for one spelling, three that fail that they ask for something. */
function tooFew({ id, proof }: Exercise): readonly string[] {
  return (['right', 'wrong'] as const)
    .filter((kind) => proof[kind].length < 3)
    .map((kind) => `${id}: ${proof[kind].length} ${kind} variants, not at least 3`);
}

async function checkCase(one: Case, { tests, how, remembered, keyOf, analyse }: Bench) {
  const key = keyOf(one);
  const known = failuresOf(remembered.get(key));
  const running = known ?? tests().run(one, how(one));
  const { failed, findings } = analyse(one);
  const told = await running;
  const found = verdict(one, new Map([...failed, ...told]), findings);
  if (known === undefined && found.length === 0) remembered.set(key, [...told]);
  return { found, isTried: known === undefined };
}

function failuresOf(kept: unknown): Failures | undefined {
  if (!Array.isArray(kept)) return undefined;
  return new Map(kept.map(([what, says]) => [String(what), String(says)]));
}

/** What a case does other than it should. */
export function verdict(
  one: Pick<Case, 'exercise' | 'name'>,
  failed: Failures,
  findings: readonly string[],
): string[] {
  const { exercise, name } = one;
  const { proof } = exercise;
  const say = (what: string) => `${labelOf(one)}: ${what}`;
  const told = untranslated(exercise, failed).map(say);
  if (name === 'starter') {
    const listed = proof.starter.map(({ what }) => what);
    const more = [...failed].filter(([what]) => !listed.includes(what));
    return [
      ...told,
      ...missing(proof.starter, failed).map(say),
      ...more.map(([what, says]) => say(`${what} fails and is not listed: ${gist(says)}`)),
    ];
  }
  if (name.startsWith('wrong/')) {
    const wrong = proof.wrong.find((each) => `wrong/${each.name}` === name);
    return [
      ...told,
      ...missing(wrong?.fails ?? [], failed).map(say),
      ...[...failed.keys()]
        .filter((what) => what === THE_TESTS)
        .map((what) => say(`${what} fails`)),
    ];
  }
  return [
    ...[...failed].map(([what, says]) => say(`${what} fails: ${gist(says)}`)),
    ...(name === 'solution' ? findings.map((each) => say(`it has a finding: ${each}`)) : []),
  ];
}

/** What should fail and does not, or says something else. */
function missing(listed: readonly Failure[], failed: Failures): readonly string[] {
  return listed.flatMap(({ what, says }) => {
    const said = failed.get(what);
    if (said === undefined) return [`${what} should fail, and does not`];
    if (says !== undefined && !said.includes(says))
      return [`${what} should say "${says}", and says: ${gist(said)}`];
    return [];
  });
}

/** What assertions say that has no Korean words; what Python itself says has none anywhere. */
function untranslated(exercise: Exercise, failed: Failures): readonly string[] {
  return [...failed].flatMap(([what, text]) =>
    [...text.matchAll(/^E\s+(?:AssertionError|Failed): (?!assert )(.+)$/gm)].flatMap(
      ([, said = '']) =>
        describeFailure(exercise, said).ko === said ? [`${what} has no Korean for: ${said}`] : [],
    ),
  );
}

/** Of what pytest says the line with the words of the assertion. */
function gist(text: string): string {
  const lines = text.trimEnd().split('\n');
  return lines.find((line) => line.startsWith('E ')) ?? lines.at(-1) ?? '';
}
