import { createRequire } from 'node:module';
import { defineConfig } from 'vite';

// DCloud's plugin is CommonJS, whose default export an ES module sees wrapped.
const { default: uni } = createRequire(import.meta.url)('@dcloudio/vite-plugin-uni');

export default defineConfig({ plugins: [uni()] });
