// One of two processes that bind the same numbers at the same time. Arguments: the example's folder, the database, a
// prefix for the users' ids, the start time.

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

const [folder, database, name, start] = process.argv.slice(2);
const { Accounts } = await import(pathToFileURL(join(folder, 'accounts.js')));
const db = new DatabaseSync(database);
db.exec('PRAGMA busy_timeout = 2000');
const accounts = new Accounts(db);
while (Date.now() < Number(start));
const results = [];
for (let i = 0; i < 500; i++) {
  results.push(
    accounts.bind({ platform: 'wechat', openId: `${name}-${i}` }, `+861370000${String(i).padStart(4, '0')}`),
  );
  // A process that waits for SQLite's lock sleeps. Without this pause the other process would always hold the lock.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
console.log(JSON.stringify(results));
