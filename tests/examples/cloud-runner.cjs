// The runtime of a cloud function: loads the function once, and calls it with the environment variables of the caller.
const { main } = require(process.argv[2]);

process.on('message', async ({ id, event, context, env }) => {
  Object.assign(process.env, env);
  try {
    process.send({ id, result: await main(event, context) });
  } catch (error) {
    process.send({ id, thrown: String((error && error.stack) || error) });
  }
});
process.send({ ready: process.version });
