// The platforms of src/platforms.json, grouped by their features. CONTRIBUTING.md, "Adding a platform", explains the members.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The list itself. */
export const platforms = JSON.parse(readFileSync(join(root, 'src', 'platforms.json'), 'utf8'));

const idsWhere = (matches) => platforms.filter(matches).map(({ id }) => id);

export const ids = idsWhere(() => true);

/** The platforms that have a file in a folder, in the order of the list. A folder supports the platforms of its files. */
export const inFolder = (folder, extension = 'ts') =>
  ids.filter((id) => existsSync(join(root, folder, `${id}.${extension}`)));

export const withLoginCode = idsWhere(({ codes }) => codes?.includes('login'));
export const withPhoneCode = idsWhere(({ codes }) => codes?.includes('phone'));
/** The platforms that seal a number, with any kind of key. */
export const withSealed = idsWhere(({ sealed }) => sealed);
/** The platforms that seal a number under a session key. */
export const withSessionKey = idsWhere(({ sealed }) => sealed?.includes('iv'));
/** The platforms from which a number can be obtained. */
export const supported = idsWhere(({ codes }) => codes);
/** The platforms for which the service has a client. */
export const served = inFolder('js/server/platforms');
export const servedWithSessionKey = served.filter((id) => withSessionKey.includes(id));
/** The platforms whose error codes are explained. */
export const explained = inFolder('src/catalog', 'json');

/** A host of the list as the source of a regular expression; a * stands for any part of a host name. */
export const hostPattern = (host) => host.replaceAll('.', '\\.').replaceAll('*', '[\\w.-]*');
