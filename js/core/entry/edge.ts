// mp-phone on Vercel's Edge runtime.

export { diagnose, explain } from '../diagnosis/edge';
export * from '../opener/edge';
