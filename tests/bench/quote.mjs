// The part of the READMEs that `npm run bench -- --publish` writes.

export const READMES = [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
];

const [BEGIN, END] = ['<!-- npm run bench -- --publish -->\n\n', '\n<!-- end -->'];

/** The quote in a README. */
export function quoteIn(readme) {
  const [, rest] = readme.split(BEGIN);
  return rest?.split(END)[0];
}

/** Replaces the quote in a README. */
export function withQuote(readme, quote) {
  const previous = quoteIn(readme);
  if (previous === undefined) throw new Error('the README lacks the place for the benchmark');
  return readme.replace(BEGIN + previous + END, () => BEGIN + quote + END);
}
