// mp-phone in browsers and Deno.
import '../opener/inline';

export { diagnose, explain } from '../diagnosis/inline';
export * from '../index';
