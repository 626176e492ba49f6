// The steps of a test run: each is announced, timed and counted.
import { Failed, say, seconds } from '../run.mjs';

/** The interval of the progress lines of a running step, in milliseconds. */
const PROGRESS = 30_000;

const inWords = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

export class Steps {
  #vectors = { passed: 0, failed: 0 };
  #others = { passed: 0, failed: 0 };
  #failures = [];

  /**
   * Runs one step. A step that throws or runs nothing counts as one failure, and the run continues.
   * @param name the name of the part, with which the user can run it again
   * @param vectors whether the step repeats the same vectors in each runtime; these are counted separately
   * @param body a function that resolves with `{ passed, failed }`; its argument is a function for the text of progress lines
   * @returns {Promise<boolean>} whether nothing failed
   */
  async run({ name, title, vectors = false }, body) {
    const since = Date.now();
    let progress = 'still running';
    say(`${title} …`);
    const reports = setInterval(() => say(`  … ${progress}, ${seconds(since)}`), PROGRESS);
    let result;
    try {
      result = await body((text) => (progress = text));
      if (!(result.passed + result.failed > 0)) throw new Failed('ran nothing');
    } catch (error) {
      console.error(error instanceof Failed ? `  ${error.message}` : error);
      result = { passed: 0, failed: 1 };
    } finally {
      clearInterval(reports);
    }
    const sum = vectors ? this.#vectors : this.#others;
    sum.passed += result.passed;
    sum.failed += result.failed;
    if (result.failed) this.#failures.push(name ?? title);
    say(`${title}: ${inWords(result)}, in ${seconds(since)}`);
    return result.failed === 0;
  }

  /** Counts a failure outside all steps. */
  fail(title) {
    this.#others.failed += 1;
    this.#failures.push(title);
  }

  /** Whether at least one test passed and none failed. */
  get passed() {
    const { passed, failed } = this.#total();
    return failed === 0 && passed > 0;
  }

  /** The last lines of a run. The last line has the total. */
  summary() {
    const apart = this.#vectors.passed + this.#vectors.failed > 0;
    return [
      ...(this.#failures.length ? [`failed: ${this.#failures.join('; ')}`] : []),
      ...(apart ? [`vectors × runtimes: ${inWords(this.#vectors)}; other tests: ${inWords(this.#others)}`] : []),
      inWords(this.#total()),
    ].join('\n');
  }

  #total() {
    return {
      passed: this.#vectors.passed + this.#others.passed,
      failed: this.#vectors.failed + this.#others.failed,
    };
  }
}
