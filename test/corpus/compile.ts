/** Python's own word on whether a text is Python. */
import { spawn } from 'node:child_process';
import process from 'node:process';

const program = `
import json, sys, warnings
warnings.simplefilter('ignore')
sys.setrecursionlimit(20000)
answers = []
for text in json.load(sys.stdin):
    try:
        compile(text, '<text>', 'exec', dont_inherit=True)
        answers.append(True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        answers.append(False)
json.dump(answers, sys.stdout)
`;

/** Whether each text compiles, all in one Python process; nothing where there is no Python. */
export async function compilable(texts: readonly string[]): Promise<boolean[] | undefined> {
  if (texts.length === 0) return [];
  const python = process.env.PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3');
  const child = spawn(python, ['-X', 'utf8', '-c', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(texts));
  const code = await new Promise<number | null | undefined>((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('close', resolve);
  });
  if (code === undefined) return undefined;
  if (code !== 0) throw new Error(`python3 ended with ${code}`);
  const answers: unknown = JSON.parse(Buffer.concat(output).toString('utf8'));
  if (!Array.isArray(answers)) throw new Error('python3 answered something else');
  return answers.map((each) => each === true);
}
