import { DatabaseSync } from 'node:sqlite';
import express from 'express';
import { createPhoneService } from 'mp-phone/server';
import { Accounts } from './accounts.js';
import { ConfigurationError, platformsOf } from './platforms.js';
import { sqliteStore } from './store.js';

function start({ DATABASE = 'app.db', HOST, PORT = '3000', ...env }) {
  const platforms = platformsOf(env);
  const db = new DatabaseSync(DATABASE);
  db.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL;');
  const accounts = new Accounts(db);

  const service = createPhoneService({
    basePath: '/mp-phone',
    platforms,
    store: sqliteStore(db),
    onPhone({ phone, user }) {
      // Neither a session nor a code that identifies a user: no account to bind the number to.
      if (!user) return { bound: false, reason: 'not-logged-in' };
      // The platform masked the number or did not send its country.
      if (!phone.e164) return { bound: false, reason: 'incomplete' };
      return accounts.bind(user, phone.e164);
    },
    onError: (error) => console.error(error),
  });

  const app = express();
  app.disable('x-powered-by');
  // POST /mp-phone/login, /mp-phone/phone, /mp-phone/logout. All other requests continue to your own routes.
  app.use('/mp-phone', service.node);

  const server = app.listen(Number(PORT), HOST, (error) => {
    if (error) throw error;
    console.log(`listening on port ${server.address().port}: ${Object.keys(platforms).join(', ')}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => server.close(() => db.close()));
  }
}

try {
  start(process.env);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(`Configuration: ${error.message}. See README.md.`);
  process.exitCode = 1;
}
