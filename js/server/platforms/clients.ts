// The clients of the configured platforms.
import { invalidInput } from '../errors';
import type { NameTree, OptionNames } from '../option-names';
import { isObject } from '../own-members';
import type { Fetch, Method, PhoneServiceOptions, PlatformBase, PlatformOptions, ServicePlatform } from '../types';
import type { ClientContext, PlatformClient } from './client';
import { PlatformHttp } from './http';
import { registry } from './registry';

/** How the client of a platform is created, and the names of its options. */
interface PlatformModule<Options> {
  create: (options: Options, context: ClientContext) => PlatformClient;
  optionNames: OptionNames<Options>;
}

// The type has the names of the registry: a platform that PlatformOptions lacks is a compile error.
const modules: {
  [Name in keyof typeof registry]: PlatformModule<PlatformOptions[Name]>;
} = registry;

/** The names of each platform's options. */
export const platformOptionNames: NameTree = Object.fromEntries(
  Object.entries(modules).map(([name, { optionNames }]) => [name, optionNames]),
);

/** Creates the clients of all configured platforms. @throws ERR_INPUT */
export function clientsOf(
  platforms: PhoneServiceOptions['platforms'],
  fetch: Fetch,
  context: Omit<ClientContext, 'http'>,
): Map<ServicePlatform, PlatformClient> {
  const clients = new Map<ServicePlatform, PlatformClient>();
  if (!isObject(platforms)) throw invalidInput('platforms');
  for (const [name, options] of Object.entries(platforms)) {
    if (!options) continue;
    if (!isObject(options)) throw invalidInput(`platforms.${name}`);
    const { create } = modules[name as ServicePlatform] as PlatformModule<object>;
    const { baseUrl, methods } = options as PlatformBase;
    const http = new PlatformHttp(name as ServicePlatform, originOf(baseUrl, name), fetch, context.timeout);
    // Without a prototype, a member that the client lacks is not found on a polluted Object.prototype. The client is not
    // copied, because a copy would evaluate its getters.
    const client: PlatformClient = Object.setPrototypeOf(create(options, { ...context, http }), null);
    clients.set(name as ServicePlatform, methods === undefined ? client : limited(client, methods, name));
  }
  if (!clients.size) throw invalidInput('platforms');
  return clients;
}

/** The member of a client for each method. */
const MEMBERS = { code: 'exchangePhoneCode', cloud: 'resolveCloudId', sealed: 'openSealed' } as const;

/** Removes the methods that the options do not allow, so that no mini-program can use them. */
function limited(client: PlatformClient, methods: readonly Method[], name: string): PlatformClient {
  const field = `platforms.${name}.methods`;
  if (!Array.isArray(methods) || !methods.length)
    throw invalidInput(field, `${field} is not a list of ${Object.keys(MEMBERS).join(', ')}`);
  const all = Object.keys(MEMBERS) as Method[];
  for (const method of methods as readonly Method[]) {
    if (all.includes(method) && client[MEMBERS[method]]) continue;
    // Douyin exchanges a code for data that only the private key opens.
    if (name === 'douyin' && method === 'code') throw invalidInput('platforms.douyin.privateKey', undefined, 'douyin');
    throw invalidInput(field, `${field} names a method that the platform does not have`);
  }
  for (const method of all) if (!methods.includes(method)) delete client[MEMBERS[method]];
  return client;
}

function originOf(baseUrl: string | undefined, name: string): string | undefined {
  if (baseUrl === undefined) return undefined;
  const field = `platforms.${name}.baseUrl`;
  try {
    // A user, a path or a query would be lost, or would change the platform's own path.
    if (typeof baseUrl === 'string' && /^https?:\/\/[^\s/?#@\\]+\/?$/i.test(baseUrl)) return new URL(baseUrl).origin;
  } catch {}
  throw invalidInput(field, `${field} is not the text of an origin alone, such as https://example.com`);
}
