// mp-phone in browsers and Deno.

export { diagnose, explain } from '../diagnosis/inline';
export * from '../opener/inline';
