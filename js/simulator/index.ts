// mp-phone/simulator.
export { createSimulator } from './create';
export type * from './types';
