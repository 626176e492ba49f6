// mp-phone on Cloudflare Workers.

export { diagnose, explain } from '../diagnosis/workerd';
export * from '../opener/workerd';
