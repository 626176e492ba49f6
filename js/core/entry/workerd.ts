// mp-phone on Cloudflare Workers.
export * from '../opener/workerd';
export { diagnose, explain } from '../diagnosis/workerd';
