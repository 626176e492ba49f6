// The platforms of src/platforms.json, and what each supports. CONTRIBUTING.md, "Adding a platform", explains the
// members.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The list itself. */
export const platforms = JSON.parse(readFileSync(join(root, 'src', 'platforms.json'), 'utf8'));

const idsWhere = (holds) => platforms.filter(holds).map(({ id }) => id);

export const ids = idsWhere(() => true);

/** The platforms with a file in a folder, in the order of the list: a file means that the folder supports the platform. */
export const inFolder = (folder, extension = 'ts') =>
  ids.filter((id) => existsSync(join(root, folder, `${id}.${extension}`)));

export const withLoginCode = idsWhere(({ codes }) => codes?.includes('login'));
export const withPhoneCode = idsWhere(({ codes }) => codes?.includes('phone'));
/** Platforms that seal a number, in any flow. */
export const withSealed = idsWhere(({ sealed }) => sealed);
/** Platforms that seal a number under a session key. */
export const withSessionKey = idsWhere(({ sealed }) => sealed?.includes('iv'));
/** Platforms that have a number. */
export const supported = idsWhere(({ codes }) => codes);
/** Platforms for which the service has a client. */
export const served = inFolder('js/server/platforms');
export const servedWithSessionKey = served.filter((id) => withSessionKey.includes(id));
/** Platforms whose error codes are explained. */
export const explained = inFolder('src/catalog', 'json');

/** A host of the list as a regular expression; a * replaces a part of a name. */
export const hostPattern = (host) => host.replaceAll('.', '\\.').replaceAll('*', '[\\w.-]*');
