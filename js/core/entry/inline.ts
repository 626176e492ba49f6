// mp-phone in browsers and Deno.
export * from '../opener/inline';
export { diagnose, explain } from '../diagnosis/inline';
