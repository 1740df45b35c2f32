/** The word of `words` that somebody most likely meant; nothing when none is near. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  let best: string | undefined;
  // A third of the letters may differ: more is another word.
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const each of words) {
    const found = distance(typed, each.toLowerCase());
    if (found >= least) continue;
    least = found;
    best = each;
  }
  return best ?? byBeginning(typed, words) ?? byLastPart(typed, words);
}

/** `warn` for `warning`, when no other word begins so. */
function byBeginning(typed: string, words: readonly string[]): string | undefined {
  const longer = typed.length < 3 ? [] : words.filter((each) => each.startsWith(typed));
  return longer.length === 1 ? longer[0] : undefined;
}

/** `blocking-sleep` for `async/blocking-sleep`, when no other rule ends so. */
function byLastPart(typed: string, words: readonly string[]): string | undefined {
  const own = typed.slice(typed.lastIndexOf('/') + 1);
  const names = words.filter((each) => each.includes('/'));
  const last = (name: string) => name.slice(name.indexOf('/') + 1);
  const same = names.filter((each) => last(each) === own);
  const near = same.length > 0 ? same : names.filter((each) => distance(own, last(each)) <= 2);
  return near.length === 1 ? near[0] : undefined;
}

/** How many letters must be added, dropped, changed or swapped with the next one. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      let least = Math.min(
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (above[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (isSwapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[to.length] ?? 0;
}
