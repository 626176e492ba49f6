import { createRequire } from 'node:module';
import { defineConfig } from 'vite';

// DCloud's plugin is CommonJS: an `import` of it from an ES module would return the default export in a wrapper object.
const { default: uni } = createRequire(import.meta.url)('@dcloudio/vite-plugin-uni');

export default defineConfig({ plugins: [uni()] });
