// The results as Markdown, in English and in Chinese.

const TEXTS = {
  en: {
    title: (version) => `Benchmark of mp-phone ${version}`,
    machine: ({ cpu, cores, memory, os, node, openssl }, date) =>
      `${date} on ${cpu}, ${cores} cores, ${memory} GiB, ${os}, Node ${node} (OpenSSL ${openssl}).`,
    quick: 'A quick run, which only checks that the benchmark works: its numbers have little meaning.',
    how:
      'All libraries run in one process, on the same inputs, which are created at start; ' +
      'every session payload has its own session key. ' +
      'A round runs one batch of each library, in random order. ' +
      'A number is the median of the rounds, with the minimum and the maximum in brackets. A ratio is calculated within a round.',
    portable: 'Portable: calculates in JavaScript or WebAssembly, so it runs on every runtime.',
    quoted: ' Medians; in brackets, the time as a multiple of ours.',
    quotedHead: ['', 'mp-phone', 'node:crypto by hand', 'the fastest in pure JavaScript'],
    targets: 'Targets',
    targetHead: ['target', 'goal', 'measured', 'reached'],
    target: {
      wechat: 'WeChat',
      alipay: 'Alipay',
      douyin: 'Douyin',
      than: (peer) => `: times as fast as ${peer}`,
      thanFastest: (peer) => `: times as fast as the fastest portable peer, ${peer}`,
      cold: 'cold start until the first payload is opened, minus an empty process',
      raw: '`mp_phone.wasm`, which opens the payloads of all platforms',
      gzip: '`mp_phone.wasm` with gzip',
      memory: (few, many) => `growth of memory from ${few} to ${many} opened payloads`,
    },
    reached: ['no', 'yes'],
    workloads: {
      wechat: 'WeChat: session key, iv and encryptedData as text → checked object',
      alipay: 'Alipay: verify the RSA2 signature of the ciphertext with its quotation marks, decrypt → object',
      douyin: 'Douyin: RSA-2048, PKCS#1 v1.5 → checked object',
      baidu: 'Baidu: session key, iv and encryptedData as text → checked object',
    },
    workHead: ['', 'µs per call', 'mp-phone = 1', 'portable'],
    cold: 'Cold start',
    coldText: (empty, rounds) =>
      `The duration of a process that opens one WeChat payload, minus that of an empty process (${empty} ms), in milliseconds. ` +
      'The sum of the last two columns is less than the first; the rest of the time is spent before and after these two ' +
      'parts: for example, an engine may finish compiling before the process ends. ' +
      `${rounds} processes each.`,
    coldHead: ['', 'minus an empty process', 'of which `require`', 'of which the first payload'],
    onNode: (node, empty) => `Node ${node} (an empty process: ${empty} ms)`,
    memory: 'Memory',
    memoryText: 'Memory of one process after garbage collection, in MB.',
    memoryHead: (few, many) => ['', `after ${few} opened payloads`, `after ${many}`, 'growth'],
    memoryKinds: { rss: 'resident set', heap: "JavaScript's heap", wasm: "the module's memory" },
    size: 'Size',
    sizeText: (modules) =>
      `In kB. A download consists of the tarballs of the package and of all its dependencies. ` +
      `A bundle is Vite's build of a page that opens one WeChat payload. The modules alone, raw and with gzip: ${modules}.`,
    sizeHead: ['', 'packages', 'download', 'unpacked', 'bundle', 'bundle, gzip'],
    http: 'HTTP',
    httpText: (rounds) =>
      `The phone service runs on one core and receives requests from the other core over 20 connections. ` +
      `It is compared with a plain Node handler that does nothing. ` +
      `The platform's API is replaced by a function that returns immediately. ${rounds} rounds. ` +
      `If a handler does little, the sender of the requests is the bottleneck; then the processor time is more meaningful.`,
    httpHead: ['', 'requests per second', 'relative to the empty handler', "µs of the server's processor per request"],
    handlers: { empty: 'empty handler', encryptedData: '`/phone` with encryptedData', code: '`/phone` with a code' },
    yes: 'yes',
    versions: 'Versions',
    comma: ', ',
    sentence: (items) => `${items.join(', ')}.`,
  },
  zh: {
    title: (version) => `mp-phone ${version} 基准测试`,
    machine: ({ cpu, cores, memory, os, node, openssl }, date) =>
      `${date}，${cpu}，${cores} 核，${memory} GiB 内存，${os}，Node ${node}（OpenSSL ${openssl}）。`,
    quick: '这是一次快速运行，只用于确认基准测试可用，数字没有参考价值。',
    how: '所有库都在同一个进程里、用启动时生成的同一批数据测量；每份用 session_key 加密的数据都有自己的 session_key。每一轮按随机顺序让每个库各运行一批。数字是各轮的中位数，括号内是最小值和最大值。倍数在同一轮之内计算。',
    portable: '可移植：用 JavaScript 或 WebAssembly 计算，因此能在任何运行环境中使用。',
    quoted: '均为中位数；括号内是用时相当于 mp-phone 的倍数。',
    quotedHead: ['', 'mp-phone', '手写 node:crypto', '最快的纯 JavaScript 方案'],
    targets: '目标',
    targetHead: ['目标', '要求', '实测', '是否达到'],
    target: {
      wechat: '微信',
      alipay: '支付宝',
      douyin: '抖音',
      than: (peer) => `：速度是 ${peer} 的几倍`,
      thanFastest: (peer) => `：速度是最快的可移植方案（${peer}）的几倍`,
      cold: '只解密一个手机号的进程从启动到结束的用时，已减去空进程的用时',
      raw: '能解密所有平台数据的 `mp_phone.wasm`',
      gzip: '`mp_phone.wasm`（gzip）',
      memory: (few, many) => `解密 ${few} 次到 ${many} 次之间的内存增长`,
    },
    reached: ['否', '是'],
    workloads: {
      wechat: '微信：session_key、iv、encryptedData 文本 → 已校验的对象',
      alipay: '支付宝：对带引号的文本验 RSA2 签名，解密 → 对象',
      douyin: '抖音：RSA-2048，PKCS#1 v1.5 → 已校验的对象',
      baidu: '百度：session_key、iv、encryptedData 文本 → 已校验的对象',
    },
    workHead: ['', '每次调用（µs）', '以 mp-phone 为 1', '可移植'],
    cold: '冷启动',
    coldText: (empty, rounds) =>
      `进程从启动到结束的用时，其间解密一个微信手机号，单位毫秒，已减去空进程的用时（${empty} 毫秒）。后两列之和小于第一列，其余时间花在这两段的前后：例如引擎可能要等编译完成才退出。各 ${rounds} 个进程。`,
    coldHead: ['', '减去空进程', '其中 `require`', '其中第一个手机号'],
    onNode: (node, empty) => `Node ${node}（空进程：${empty} 毫秒）`,
    memory: '内存',
    memoryText: '单个进程，垃圾回收之后，单位 MB。',
    memoryHead: (few, many) => ['', `解密 ${few} 次之后`, `${many} 次之后`, '增长'],
    memoryKinds: { rss: '常驻内存', heap: 'JavaScript 堆', wasm: '模块的内存' },
    size: '体积',
    sizeText: (modules) =>
      `单位 kB。下载体积是该包及其全部依赖的 tarball 的总大小。打包体积是用 Vite 构建一个解密微信数据的页面的产物大小。模块本身（原始 / gzip）：${modules}。`,
    sizeHead: ['', '包数', '下载', '解压后', '打包', '打包（gzip）'],
    http: 'HTTP',
    httpText: (rounds) =>
      `手机号服务占用一个核，另一个核用 20 个连接发送请求，对照组是空的 Node 处理函数。平台接口用一个立即返回响应的函数代替。${rounds} 轮。处理函数很轻量时，瓶颈在发送请求的一方，这时 CPU 时间更有参考意义。`,
    httpHead: ['', '每秒请求数', '与空处理函数之比', '每个请求的服务端 CPU 时间（µs）'],
    handlers: { empty: '空处理函数', encryptedData: '手机号（encryptedData）', code: '手机号（code）' },
    yes: '是',
    versions: '版本',
    comma: '，',
    sentence: (items) => `${items.join('、')}。`,
  },
};

/** A number with about three significant digits. */
function number(value) {
  const size = Math.abs(value);
  const digits = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
  return value
    .toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replace('-', '−');
}
const range = ({ median, min, max }, unit = '') => `${number(median)}${unit} (${number(min)}–${number(max)})`;
const full = (value) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
const kB = (bytes) => full(bytes / 1000);

function table([first, ...head], rows) {
  const line = (cells) => `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`;
  return [line([first, ...head]), line(['---', ...head.map(() => '--:')]), ...rows.map(line)].join('\n');
}

const ours = (name) => (name.startsWith('mp-phone') ? `**${name}**` : name);

function targetName(text, { id, peer }, { memory }) {
  if (['cold', 'raw', 'gzip'].includes(id)) return text[id];
  if (id === 'memory') return text.memory(...memory.counts.map(full));
  const [workload, against] = id.split(': ');
  return text[workload] + (against === 'portable' ? text.thanFastest(peer) : text.than(peer));
}

/** The quote for the README: the machine, and for every workload the times of mp-phone, node:crypto and the fastest portable peer. */
export function quoted({ machine, date, workloads }, language) {
  const text = TEXTS[language];
  const rows = Object.entries(workloads).map(([workload, { rows }]) => {
    const find = (name) => rows.find((row) => row.name === name);
    const others = rows.filter(({ name, portable }) => portable && name !== 'mp-phone');
    const fastest = others.reduce((best, row) => (row.time.median < best.time.median ? row : best));
    const withRatio = (row) => `${number(row.time.median)} µs (${number(row.ratio.median)}×)`;
    return [
      text.workloads[workload].split(/[:：]/)[0],
      `**${number(find('mp-phone').time.median)} µs**`,
      withRatio(find('node:crypto')),
      `${fastest.name}: ${withRatio(fastest)}`,
    ];
  });
  return `${text.machine(machine, date)}${text.quoted}\n\n${table(text.quotedHead, rows)}\n`;
}

/** The results in one language, `en` or `zh`. */
export function markdown(results, language) {
  const text = TEXTS[language];
  const { machine, date, version, quick, workloads, cold, memory, size, http, targets, libraries } = results;
  const parts = [`# ${text.title(version)}`, text.machine(machine, date), ...(quick ? [text.quick] : []), text.how];
  const section = (title, ...more) => parts.push(`## ${title}`, ...more);

  if (targets.length) {
    section(
      text.targets,
      table(
        text.targetHead,
        targets.map((target) => [
          targetName(text.target, target, results),
          target.atLeast ? `≥ ${target.atLeast}×` : `< ${target.below} ${target.unit}`,
          target.measured.min === target.measured.max
            ? `${target.unit === 'kB' ? target.measured.median.toFixed(1) : number(target.measured.median)} ${target.unit}`
            : range(target.measured, target.atLeast ? '×' : ` ${target.unit}`),
          text.reached[Number(target.reached)],
        ]),
      ),
    );
  }
  for (const [workload, { rows }] of Object.entries(workloads)) {
    const sorted = [...rows].sort((a, b) => a.time.median - b.time.median);
    section(
      text.workloads[workload],
      table(
        text.workHead,
        sorted.map(({ name, time, ratio, portable }) => [
          ours(name),
          range(time),
          name === 'mp-phone' ? '1' : range(ratio),
          portable ? text.yes : '',
        ]),
      ),
    );
  }
  if (Object.keys(workloads).length) parts.push(text.portable);
  if (cold) {
    const starts = (rows) =>
      table(
        text.coldHead,
        [...rows]
          .sort((a, b) => a.over.median - b.over.median)
          .map(({ name, over, require, first }) => [
            ours(name),
            range(over),
            number(require.median),
            number(first.median),
          ]),
      );
    section(text.cold, text.coldText(number(cold.empty.median), cold.rounds), starts(cold.rows));
    for (const { node, empty, rows } of cold.nodes)
      parts.push(`### ${text.onNode(node, number(empty.median))}`, starts(rows));
  }
  if (memory) {
    const { counts, before, after, growth } = memory;
    section(
      text.memory,
      text.memoryText,
      table(
        text.memoryHead(...counts.map(full)),
        Object.keys(growth).map((name) => [
          text.memoryKinds[name],
          number(before[name]),
          number(after[name]),
          number(growth[name]),
        ]),
      ),
    );
  }
  if (size) {
    section(
      text.size,
      text.sizeText(size.wasm.map(({ name, raw, gzip }) => `\`${name}\` ${kB(raw)} / ${kB(gzip)}`).join(text.comma)),
      table(
        text.sizeHead,
        size.rows.map(({ name, packages, download, unpacked, bundle }) => [
          ours(name),
          packages,
          kB(download),
          kB(unpacked),
          ...(bundle ? [number(bundle.raw / 1000), number(bundle.gzip / 1000)] : ['', '']),
        ]),
      ),
    );
  }
  if (http) {
    section(
      text.http,
      text.httpText(http.rounds),
      table(
        text.httpHead,
        http.rows.map(({ name, requests, ratio, cpu }) => [
          text.handlers[name],
          range(requests),
          name === 'empty' ? '1' : range(ratio),
          range(cpu),
        ]),
      ),
    );
  }
  section(text.versions, text.sentence(Object.entries(libraries).map((library) => library.join(' '))));
  return `${parts.join('\n\n')}\n`;
}
