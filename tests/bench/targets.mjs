// The targets of the package on Node 20. A missed target is no failure of the run; the report shows it.

const portable = ({ name, portable }) => name !== 'mp-phone' && portable;
const fastest = (rows) => rows.reduce((best, row) => (row.time.median < best.time.median ? row : best));

/** A target for the speed, compared with the named peer or with the fastest portable peer. */
const against = (workload, peer, atLeast) => ({
  id: `${workload}: ${peer ?? 'portable'}`,
  atLeast,
  unit: '×',
  find({ workloads }) {
    const rows = workloads?.[workload]?.rows;
    if (!rows) return undefined;
    const row = peer ? rows.find(({ name }) => name === peer) : fastest(rows.filter(portable));
    return { peer: row.name, measured: row.ratio };
  },
});

/** The spread of a value that is measured only once. */
const constant = (value) => ({ median: value, min: value, max: value });
const opener = ({ wasm }) => wasm.find(({ name }) => name === 'mp_phone.wasm');

const TARGETS = [
  against('wechat', 'node:crypto', 1.2),
  against('wechat', '@noble/ciphers', 1.5),
  against('alipay', 'alipay-sdk', 2),
  against('alipay', 'node-forge', 5),
  against('alipay', undefined, 5),
  against('douyin', 'node-forge', 8),
  against('douyin', undefined, 8),
  {
    id: 'cold',
    below: 15,
    unit: 'ms',
    find: ({ cold }) => cold && { measured: cold.rows.find(({ name }) => name === 'mp-phone').over },
  },
  { id: 'raw', below: 180, unit: 'kB', find: ({ size }) => size && { measured: constant(opener(size).raw / 1000) } },
  { id: 'gzip', below: 75, unit: 'kB', find: ({ size }) => size && { measured: constant(opener(size).gzip / 1000) } },
  { id: 'memory', below: 5, unit: 'MB', find: ({ memory }) => memory && { measured: constant(memory.growth.rss) } },
];

/** The targets for which results exist: `[{ id, atLeast | below, unit, peer?, measured, reached }]`. */
export function evaluateTargets(results) {
  return TARGETS.flatMap(({ find, ...target }) => {
    const match = find(results);
    if (!match) return [];
    const { median } = match.measured;
    return [{ ...target, ...match, reached: target.atLeast ? median >= target.atLeast : median < target.below }];
  });
}
