// mp-phone on Vercel's Edge runtime.
export * from '../opener/edge';
export { diagnose, explain } from '../diagnosis/edge';
