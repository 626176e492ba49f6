// mp-phone, installed from its tarball. The tests of the button use its core, its service and its simulator.
import { install, requireIn } from '../support/installed.mjs';

const require = requireIn(install('button-and-core'));
export const core = require('mp-phone');
export const { createPhoneService } = require('mp-phone/server');
export const { createSimulator } = require('mp-phone/simulator');
