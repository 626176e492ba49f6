// Where the service lives, and which of its paths a request names. Everything is compared as it stands: nothing is decoded,
// and no case is folded, so that a request is never taken for one that something in front has judged as another.
import { invalidInput } from '../errors';
import type { Path } from './schema';

const PATHS: readonly Path[] = ['login', 'phone', 'logout'];

/** What the option says, without a slash at its end: `''`, `/mp-phone`. @throws ERR_INPUT */
export function basePathOf(option: unknown): string {
  if (option === undefined) return '';
  if (typeof option !== 'string' || !/^(?!.*\/\/)\/[\w.~!$&'()+,;=:@%/-]*$/.test(option))
    throw invalidInput('basePath', 'basePath is not a path that begins with /, such as /mp-phone');
  if (option.includes('/:'))
    throw invalidInput('basePath', 'basePath has a parameter, such as /:id, and must be a path as it stands');
  // /phone alone may be what a service is mounted at.
  if (/\/(login|logout)\/?$/.test(option))
    throw invalidInput('basePath', 'basePath ends with a path of the service, and must end before it');
  return option.replace(/\/$/, '');
}

/** The path in a URL, whole or without its origin. */
export function pathOfUrl(url: unknown): string {
  const [path] = (typeof url === 'string' ? url : '').split(/[?#]/, 1) as [string];
  return path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
}

/** The path of the service below `base`; `undefined` where there is none. One slash at the end is no difference. */
export const servicePathOf = (path: string, base: string): Path | undefined =>
  PATHS.find((name) => path === `${base}/${name}` || path === `${base}/${name}/`);

/**
 * The same for a cloud function, which has nothing but the service at its address. Platforms differ in whether they take
 * off what the function is mapped to, and a function may be mapped to one path only: its body then says what it is.
 */
export function servicePathInFunction(named: string, base: string): Path | 'body' | undefined {
  const path = named.startsWith('/') ? named : `/${named}`;
  const rest = path === base || path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  return rest === '' || rest === '/' ? 'body' : servicePathOf(rest, '');
}

/** What a body is for, by the member that only such a request must have. */
export function servicePathByBody(body: unknown): Path | undefined {
  const has = (name: string) => typeof body === 'object' && body !== null && name in body;
  return has('detail') ? 'phone' : has('platform') ? 'login' : has('session') ? 'logout' : undefined;
}

/** A sign, and no proof: applications have such paths of their own. */
export const endsLikeServicePath = (path: string): boolean => PATHS.some((name) => path.endsWith(`/${name}`));

/** Why a path is none of the service's, for the log. */
export const unknownPathReason = (path: string): string =>
  `path is not one of the service${endsLikeServicePath(path) ? ': it is not below the option basePath' : ''}`;
