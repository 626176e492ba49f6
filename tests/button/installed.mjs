// mp-phone, installed from its tarball: the button is tested together with it.
import { install, requireIn } from '../package/installed.mjs';

const require = requireIn(install('button-and-core'));
export const core = require('mp-phone');
export const { createPhoneService } = require('mp-phone/host');
export const { createSimulator } = require('mp-phone/simulator');
