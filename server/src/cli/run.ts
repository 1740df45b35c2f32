import { Command, CommanderError, Option } from 'commander';
import { BASELINE_FILE } from '../engine/baseline.ts';
import { PRESETS } from '../project/config.ts';
import { check } from './check.ts';
import { collectNames } from './configuration.ts';
import { type CliDeps, UsageError } from './deps.ts';
import { failLevels } from './findings.ts';
import { checkExercise, listExercises } from './learn.ts';
import { formats } from './report.ts';
import { routes } from './routes.ts';
import { why } from './why.ts';

/**
 * Runs one command line (without the program's name) and gives its exit code: 0 clean, 1 findings, 2 the tool could not
 * do its job, with one line on stderr. Never rejects.
 */
export async function run(args: readonly string[], deps: CliDeps): Promise<number> {
  let exitCode = 0;
  try {
    const program = await createProgram(args, deps, (code) => {
      exitCode = code;
    });
    await program.parseAsync(withOwnValues(args), { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its own line by now.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const reason = error instanceof Error ? error.message : String(error);
    const prefix = error instanceof UsageError ? '' : 'internal error: ';
    deps.stderr.write(`fastapi-mentor: ${prefix}${reason.split('\n', 1)[0]}\n`);
    return 2;
  }
}

/** A value of these is written with `=`, or else the path after them would be one. */
function withOwnValues(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((each, index) => {
    const isOption = end === -1 || index < end;
    return isOption && (each === '--baseline' || each === '--write-baseline') ? `${each}=` : each;
  });
}

async function createProgram(
  args: readonly string[],
  deps: CliDeps,
  setExitCode: (code: number) => void,
) {
  const program = new Command('fastapi-mentor')
    .description('Finds what will go wrong in a FastAPI project, and says why.')
    .version(await describeVersion(args, deps), '-V, --version', 'print the version and the parser')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut: (text) => deps.stdout.write(text),
      writeErr: (text) => deps.stderr.write(text),
      outputError: (text, write) => {
        const [line = '', more = ''] = text
          .replace(/^error: /, '')
          .trimEnd()
          .split('\n');
        write(`fastapi-mentor: ${line}${more && ` ${more}`}\n`);
      },
    });
  program
    .command('check')
    .description('analyse files and folders and print what was found')
    .argument('[paths...]', 'files or folders, or - for the standard input', ['.'])
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('text'))
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 from this level on')
        .choices(failLevels)
        .default('warning'),
    )
    .addOption(
      new Option('--lang <language>', 'language of the messages')
        .choices(['en', 'ko'])
        .default('en'),
    )
    .option('--select <rules>', 'only these rules, categories or all', collectNames)
    .option('--ignore <rules>', 'not these rules, categories or all', collectNames)
    .addOption(
      new Option('--preset <preset>', 'strict adds the rules that are off by default').choices(
        PRESETS,
      ),
    )
    .option('--config <file>', 'a TOML file in the place of every [tool.fastapi-mentor]')
    .option('--isolated', 'read no configuration, and not that of ruff')
    .option('--fix', 'apply what is safe to apply')
    .option('--unsafe-fixes', 'with --fix or --diff-fixes: also what may change an answer')
    .option('--diff-fixes', 'print what --fix would change, as a diff; write nothing')
    .option('--baseline [=FILE]', `tell only what is new since ${BASELINE_FILE} was written`)
    .option('--write-baseline [=FILE]', 'accept what is found, from now on')
    .option('--stdin-filename <file>', 'with - as the path: read the standard input as this file')
    .addHelpText(
      'after',
      '\nPaths are printed relative to the given path; with several, they start with it.' +
        '\nExit codes: 0 clean, 1 findings at or above --fail-on, 2 the check could not be made.',
    )
    .action(async (paths: string[], options) => setExitCode(await check(paths, options, deps)));
  program
    .command('routes')
    .description('print every application of a project with its routes, without running it')
    .argument('[path]', 'a folder', '.')
    .addOption(
      new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'),
    )
    .option('--diff <ref>', 'print what changed since a commit, branch or tag')
    .action(async (path: string, options) => setExitCode(await routes(path, options, deps)));
  program
    .command('why')
    .description(
      'print which routes reach a line, whether on the event loop, and what it blocks on',
    )
    .argument('<place>', 'FILE:LINE')
    .option('--root <folder>', 'the folder of the project', '.')
    .addOption(
      new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'),
    )
    .action(async (place: string, options) => setExitCode(await why(place, options, deps)));
  addLearn(program, deps, setExitCode);
  return program;
}

function addLearn(program: Command, deps: CliDeps, setExitCode: (code: number) => void): void {
  const format = () =>
    new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text');
  const language = () =>
    new Option('--lang <language>', 'language of the texts').choices(['en', 'ko']).default('en');
  const learn = program
    .command('learn')
    .description('the exercises of the lessons in the editor, from a terminal')
    .helpCommand(false);
  learn
    .command('list')
    .description('print every exercise with its id')
    .addOption(format())
    .addOption(language())
    .action(async (options) => setExitCode(await listExercises(options, deps)));
  learn
    .command('check')
    .description('check what you have made of an exercise')
    .argument('<exercise>', 'an id, or the folder in which one was started')
    .option('--dir <folder>', 'with an id: where you are solving it (default: here)')
    .option('--python <path>', 'the Python that runs the tests (default: .venv, else the path)')
    .option('--no-tests', 'only what can be said without running anything')
    .addOption(format())
    .addOption(language())
    .addHelpText('after', '\nExit codes: 0 passed, 1 not yet, 2 the check could not be made.')
    .action(async (exercise: string, options) =>
      setExitCode(await checkExercise(exercise, options, deps)),
    );
}

/** Loading the parser takes a moment: only who asks for the version waits for it. */
async function describeVersion(args: readonly string[], deps: CliDeps): Promise<string> {
  if (!args.includes('--version') && !args.includes('-V')) return deps.version;
  const { parser } = await deps.createAnalysis(() => undefined);
  return `fastapi-mentor ${deps.version} (parser: ${parser})`;
}
