// Egg, in a process of its own, which it keeps alive: starts the application in a folder and says the port.
const { createServer } = require('node:http');

require('egg')
  .start({ baseDir: process.argv[2], mode: 'single', ignoreWarning: true })
  .then((app) => {
    const server = createServer(app.callback()).listen(0, '127.0.0.1', () =>
      process.send({ port: server.address().port }),
    );
  });
