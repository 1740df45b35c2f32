/** Which of Python's own exceptions stand below which. */

export function plainName(name: string): string {
  return name.replace(/^builtins\./, '');
}

const ABOVE: Readonly<Record<string, string>> = {
  KeyError: 'LookupError',
  IndexError: 'LookupError',
  ModuleNotFoundError: 'ImportError',
  FileNotFoundError: 'OSError',
  PermissionError: 'OSError',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  ZeroDivisionError: 'ArithmeticError',
  UnicodeDecodeError: 'ValueError',
};

/** A failing import is told as `ImportError` here, and `ModuleNotFoundError` covers it. */
export function isBelowException(name: string, above: string): boolean {
  if (above === 'Exception' || above === 'BaseException' || name === above) return true;
  if (name === 'ImportError' && above === 'ModuleNotFoundError') return true;
  const next = ABOVE[name];
  return next !== undefined && isBelowException(next, above);
}
