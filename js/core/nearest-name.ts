// The known name that a misspelled name probably stands for.

/** Longer names are not compared: no known name is as long as that. Bounds the time for a hostile name. In UTF-16 units. */
const LONGEST = 64;

/** The nearest of `names`, ignoring case, if at most a third of its letters differ. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined;
  const [nearest] = names
    .map((known) => ({
      known,
      difference: distance(name.toLowerCase(), known.toLowerCase()) / Math.max(name.length, known.length),
    }))
    .filter(({ difference }) => difference <= 1 / 3)
    .sort((a, b) => a.difference - b.difference);
  return nearest?.known;
}

/**
 * The number of letters to insert, delete, replace, or exchange with their neighbour (Damerau and Levenshtein, optimal string
 * alignment).
 */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const [above, row] = [rows[i - 1]!, [i]];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
