// What a cloud function's host does, on whichever Node it is: loads the function once, and calls it with the
// environment of who calls.
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
