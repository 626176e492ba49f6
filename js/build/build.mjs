// npm run build: installs what the build needs, then builds and packs both packages into pkg/.
import { main } from './run.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  await setUp();
  const { buildPackages } = await import('./package.mjs');
  await buildPackages();
});
