// Detects whether this process is probably one of several, each with its own memory.
import { ignoreErrors } from '../events';
import type { PhoneServiceOptions, ServiceEvent } from '../types';

const REASON =
  'sessions, access tokens and spent codes are stored only in the memory of this process: another process or instance does ' +
  'not have them and asks users to log in again, every process requests its own tokens, and a restart loses everything. ' +
  "Set the option store to a shared store; store: 'memory' confirms that only one process exists, and disables this warning";

/** Warns, once for each service, if the memory store would silently lose data. */
export function warnOfMemory({ store, logger }: PhoneServiceOptions): void {
  if (store !== undefined || logger === false || !mayHaveSiblings()) return;
  const event: ServiceEvent = { event: 'store', ok: false, ms: 0, code: 'MEMORY', reason: REASON };
  ignoreErrors(() =>
    logger
      ? logger.warn(event, 'mp-phone store: memory only')
      : console.warn('mp-phone store: memory only', JSON.stringify(event)),
  );
}

/**
 * Environment variables of Alibaba's FC, Tencent's SCF and CloudBase, AWS Lambda, Vercel, Knative and Cloud Run,
 * WeChat's cloud hosting, Deno Deploy.
 */
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

/** The environment variables. Deno must not ask the user for permission. */
function variables(): Record<string, string | undefined> {
  const { Deno, process } = globalThis as any;
  if (Deno) return Deno.permissions.querySync({ name: 'env' }).state === 'granted' ? Deno.env.toObject() : {};
  return process?.env ?? {};
}
