// mp-phone on Vercel's Edge runtime.
import '../opener/edge';

export { diagnose, explain } from '../diagnosis/edge';
export * from '../index';
