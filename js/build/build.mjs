// npm run build: sets up, builds and packs, into pkg/.
import { main } from './run.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  await setUp();
  const { buildPackage, packPackage } = await import('./package.mjs');
  const { buildButton } = await import('./button.mjs');
  await packPackage(await buildPackage());
  await packPackage(await buildButton());
});
