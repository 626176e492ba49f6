// Measures the time of a workload. In every round each peer runs one batch, in random order. A short slowdown of the machine
// affects all batches of a round alike, so ratios are calculated within a round.

/** The time of a peer's warm-up and the approximate time of a batch, in milliseconds; and the number of rounds. */
const PACE = { full: { warmUp: 600, batch: 30, rounds: 31 }, quick: { warmUp: 30, batch: 3, rounds: 5 } };

/** The median, the minimum and the maximum. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}

/** The elements of a list in random order. */
export function shuffled(list) {
  const left = [...list];
  return list.map(() => left.splice(Math.floor(Math.random() * left.length), 1)[0]);
}

/** Runs a peer's function over the inputs, again and again. */
class Runner {
  #at = 0;

  constructor(peer, workload, { keys, inputs }) {
    this.peer = peer;
    this.open = peer[workload](keys);
    this.inputs = inputs;
  }

  /** The average time of `count` calls, in microseconds. If a call returns a promise, it is awaited before the next call. */
  async batch(count) {
    const { open, inputs } = this;
    let at = this.#at;
    const start = performance.now();
    for (let i = 0; i < count; i++) {
      const opened = open(inputs[at]);
      if (typeof opened.then === 'function') await opened;
      if (++at === inputs.length) at = 0;
    }
    const time = performance.now() - start;
    this.#at = at;
    return (time * 1000) / count;
  }

  /** Determines the number of calls in a batch, while the engine optimises the code. */
  async warmUp({ warmUp, batch }) {
    const end = performance.now() + warmUp;
    this.count = 1;
    do {
      const each = await this.batch(this.count);
      this.count = Math.max(1, Math.min(this.count * 4, Math.round((batch * 1000) / each)));
    } while (performance.now() < end);
  }
}

/**
 * Measures `ours` and the peers at a workload.
 * @returns `{ rounds, rows: [{ name, portable, time, ratio }] }`: microseconds per call, and the ratio to the time of `ours`
 */
export async function measure(workload, [ours, ...peers], inputs, { quick = false } = {}) {
  const pace = quick ? PACE.quick : PACE.full;
  const runners = [ours, ...peers.filter((peer) => peer[workload])].map((peer) => new Runner(peer, workload, inputs));
  for (const runner of runners) await runner.warmUp(pace);
  const times = new Map(runners.map((runner) => [runner, []]));
  for (let round = 0; round < pace.rounds; round++) {
    for (const runner of shuffled(runners)) times.get(runner).push(await runner.batch(runner.count));
  }
  const own = times.get(runners[0]);
  const rows = runners.map((runner) => ({
    name: runner.peer.name,
    portable: runner.peer.portable,
    libraries: runner.peer.libraries,
    time: spread(times.get(runner)),
    ratio: spread(times.get(runner).map((time, round) => time / own[round])),
  }));
  return { rounds: pace.rounds, rows };
}
