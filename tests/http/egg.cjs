// Starts the Egg application of a folder and sends the port to the parent. Egg keeps its process alive, so it runs in a
// separate process.
const { createServer } = require('node:http');

require('egg')
  .start({ baseDir: process.argv[2], mode: 'single', ignoreWarning: true })
  .then((app) => {
    const server = createServer(app.callback()).listen(0, '127.0.0.1', () =>
      process.send({ port: server.address().port }),
    );
  });
