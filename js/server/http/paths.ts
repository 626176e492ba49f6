// The base path of the service, and the service's path in a request's URL. Paths are compared literally: nothing
// is decoded, and case matters, so that the service and a proxy before it always mean the same path.
import { invalidInput } from '../errors';
import type { Path } from './schema';

const PATHS: readonly Path[] = ['login', 'phone', 'logout'];

/** The option's value without a slash at its end: `''`, `/mp-phone`. @throws ERR_INPUT */
export function basePathOf(option: unknown): string {
  if (option === undefined) return '';
  if (typeof option !== 'string' || !/^(?!.*\/\/)\/[\w.~!$&'()+,;=:@%/-]*$/.test(option))
    throw invalidInput('basePath', 'basePath is not a path that begins with /, such as /mp-phone');
  if (option.includes('/:'))
    throw invalidInput('basePath', 'basePath has a parameter, such as /:id, and must be a literal path');
  // A path that ends with /phone is allowed: an application may mount the service there.
  if (/\/(login|logout)\/?$/.test(option))
    throw invalidInput('basePath', 'basePath ends with a path of the service, and must end before it');
  return option.replace(/\/$/, '');
}

/** The path in a URL with or without an origin. */
export function pathOfUrl(url: unknown): string {
  const [path] = (typeof url === 'string' ? url : '').split(/[?#]/, 1) as [string];
  return path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
}

/** The path of the service below `base`, or `undefined`. A single slash at the end is ignored. */
export const servicePathOf = (path: string, base: string): Path | undefined =>
  PATHS.find((name) => path === `${base}/${name}` || path === `${base}/${name}/`);

/**
 * The same for a cloud function, which has no paths except those of the service. Some platforms remove the path to which
 * the function is mapped. If no path is left, the result is `'body'`: the body shows which request it is.
 */
export function servicePathInFunction(urlPath: string, base: string): Path | 'body' | undefined {
  const path = urlPath.startsWith('/') ? urlPath : `/${urlPath}`;
  const rest = path === base || path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  return rest === '' || rest === '/' ? 'body' : servicePathOf(rest, '');
}

/**
 * Finds which request a body is for. Only a phone request requires `detail`, only a logout requires neither `detail` nor
 * `platform`.
 */
export function servicePathByBody(body: unknown): Path | undefined {
  const has = (name: string) => typeof body === 'object' && body !== null && name in body;
  return has('detail') ? 'phone' : has('platform') ? 'login' : has('session') ? 'logout' : undefined;
}

/** Whether a path ends like a path of the service. Paths of an application may have the same ending. */
export const endsLikeServicePath = (path: string): boolean => PATHS.some((name) => path.endsWith(`/${name}`));

/** Why a path does not belong to the service, for the log. */
export const unknownPathReason = (path: string): string =>
  `path is not a path of the service${endsLikeServicePath(path) ? ': it is not below the option basePath' : ''}`;
