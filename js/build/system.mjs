// Programs that the tests need and that no package registry has. On Debian, as root, `npm run setup` and a whole `npm test`
// install them with apt-get and report it. Every other command only checks that they exist.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failed, run, say } from './run.mjs';

/** The path of the first of several names on PATH. */
export function onPath(...names) {
  const candidates = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A program from an environment variable, or from PATH. */
function program(variable, ...names) {
  const path = process.env[variable];
  return path ? (isProgram(path) ? path : undefined) : onPath(...names);
}

export const findBrowser = () => ({
  chrome: program('CHROME', 'chromium', 'google-chrome', 'chrome'),
  driver: program('CHROMEDRIVER', 'chromedriver'),
});

const PROGRAMS = {
  browser: {
    name: 'Chromium and chromedriver (or the variables CHROME and CHROMEDRIVER)',
    packages: ['chromium', 'chromium-driver'],
    isThere: () => findBrowser().chrome && findBrowser().driver,
  },
  redis: { name: 'redis-server', packages: ['redis-server'], isThere: () => onPath('redis-server') },
  python: {
    name: 'Python 3 with venv',
    packages: ['python3', 'python3-venv'],
    isThere: async () =>
      onPath('python3') && (await run('python3', ['-c', 'import venv, ensurepip'], { allowFailure: true })).code === 0,
  },
  compiler: {
    name: 'a C++ compiler, for libFuzzer',
    packages: ['g++'],
    isThere: () => onPath('c++', 'g++', 'clang++'),
  },
};

async function missing(names) {
  const programs = names.map((name) => PROGRAMS[name]);
  const states = await Promise.all(programs.map(async (program) => ({ program, isThere: await program.isThere() })));
  return states.filter(({ isThere }) => !isThere).map(({ program }) => program);
}

/**
 * @param names the names of the required programs, as above
 * @throws {Failed} if a program is missing, with all missing programs and the command that installs them
 */
export async function requirePrograms(names = Object.keys(PROGRAMS)) {
  const lacking = await missing([...new Set(names)]);
  if (!lacking.length) return;
  const packages = lacking.flatMap(({ packages }) => packages).join(' ');
  throw new Failed(
    `this machine lacks ${lacking.map(({ name }) => name).join('; ')}. On Debian, as root, npm run setup installs it; ` +
      `elsewhere install the equivalents of ${packages}`,
  );
}

/** Installs missing programs if possible, and reports it. */
export async function installPrograms() {
  const lacking = await missing(Object.keys(PROGRAMS));
  if (!lacking.length) return say("the system's programs are all there: nothing is installed into the system");
  const packages = lacking.flatMap(({ packages }) => packages);
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return requirePrograms();
  say(`installing into the system, with apt-get: ${packages.join(' ')} …`);
  await run('apt-get', ['update']);
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
  await requirePrograms();
}
