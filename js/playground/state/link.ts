// The address contains at most a sample's name and the language, never any pasted data.

export function addressParameters(): { sample?: string; lang?: string } {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

export const linkTo = (sample: string, lang: string): string =>
  `${location.href.split('#')[0]}#${new URLSearchParams({ sample, lang })}`;

/**
 * Writes the sample's name to the address, or removes the name for `null`. Adds no entry to the history: going back
 * must not discard the pasted text.
 */
export function showInAddress(sample: string | null): void {
  const address = location.href.split('#')[0]!;
  history.replaceState(null, '', sample ? `${address}#sample=${encodeURIComponent(sample)}` : address);
}
