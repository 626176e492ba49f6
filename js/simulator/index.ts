// mp-phone/simulator.
export { type ErrorCode, PhoneError } from '../core/errors';
export { createSimulator } from './simulator';
export type * from './types';
