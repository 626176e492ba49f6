// npm run build: sets up, builds and packs, into pkg/.
import { main } from './run.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  await setUp();
  const { buildPackages } = await import('./package.mjs');
  await buildPackages();
});
