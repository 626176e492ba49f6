// mp-phone as installed from its tarball: what the button's words are held against.
import { install, requireIn } from '../package/installed.mjs';

const require = requireIn(install('button-and-core'));
export const core = require('mp-phone');
export const { createPhoneService } = require('mp-phone/server');
export const { createSimulator } = require('mp-phone/simulator');
