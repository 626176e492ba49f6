// The part of the READMEs that a run writes.

export const READMES = [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
];

const [BEGIN, END] = ['<!-- npm run bench -- --publish -->\n\n', '\n<!-- end -->'];

/** What a README quotes. */
export function quoteIn(readme) {
  const [, rest] = readme.split(BEGIN);
  return rest?.split(END)[0];
}

/** The README with another quote. */
export function withQuote(readme, quote) {
  const old = quoteIn(readme);
  if (old === undefined) throw new Error('the README has no place for the benchmark');
  return readme.replace(BEGIN + old + END, () => BEGIN + quote + END);
}
