// mp-phone on Cloudflare Workers.
import '../opener/workerd';

export { diagnose, explain } from '../diagnosis/workerd';
export * from '../index';
