// The address holds at most a sample's name and the language: never anything that was pasted.

export function linked(): { sample?: string; lang?: string } {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

export const linkTo = (sample: string, lang: string): string =>
  `${location.href.split('#')[0]}#${new URLSearchParams({ sample, lang })}`;

/** Names the sample in the address, or nothing. Without a new entry in the history: going back must not throw away what was pasted. */
export function showInAddress(sample: string | null): void {
  const address = location.href.split('#')[0]!;
  history.replaceState(null, '', sample ? `${address}#sample=${encodeURIComponent(sample)}` : address);
}
