// Where this process runs, as far as it matters: whether it is probably one of several, each with a memory of its own.
import { ignoreErrors } from '../events';
import type { PhoneServiceOptions, ServiceEvent } from '../types';

const REASON =
  'sessions, access tokens and spent codes are kept in the memory of this process alone: another process or instance does ' +
  'not know them and sends users back to the login, tokens are asked for by each, and a restart forgets everything. ' +
  "Give the option store a shared one; store: 'memory' says that there is only one process, and ends this warning";

/** Warns, once a service, of the memory store where it fails without an error. */
export function warnOfMemory({ store, logger }: PhoneServiceOptions): void {
  if (store !== undefined || logger === false || !mayHaveSiblings()) return;
  const event: ServiceEvent = { event: 'store', ok: false, ms: 0, code: 'MEMORY', reason: REASON };
  ignoreErrors(() =>
    logger
      ? logger.warn(event, 'mp-phone store: memory only')
      : console.warn('mp-phone store: memory only', JSON.stringify(event)),
  );
}

/** Variables of Alibaba's FC, Tencent's SCF and CloudBase, AWS Lambda, Vercel, Knative and Cloud Run, WeChat's cloud hosting. */
const SERVERLESS = /^(FC_|SCF_|TENCENTCLOUD_|AWS_LAMBDA_|CBR_|VERCEL$|K_SERVICE$|DENO_DEPLOYMENT_ID$)/;

function mayHaveSiblings(): boolean {
  try {
    const env = variables();
    return (
      env.NODE_ENV === 'production' ||
      Object.keys(env).some((name) => SERVERLESS.test(name) && env[name]) ||
      globalThis.navigator?.userAgent === 'Cloudflare-Workers'
    );
  } catch {
    return false;
  }
}

/** The environment's variables. Deno must not have to ask the user for them. */
function variables(): Record<string, string | undefined> {
  const { Deno, process } = globalThis as any;
  if (Deno) return Deno.permissions.querySync({ name: 'env' }).state === 'granted' ? Deno.env.toObject() : {};
  return process?.env ?? {};
}
