// mp-phone/simulator.
export { createSimulator } from './simulator';
export type * from './types';
