/** SQLite as the service's store: sessions survive a restart, and several processes can share the file. */
export function sqliteStore(db) {
  db.exec('CREATE TABLE IF NOT EXISTS store (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL NOT NULL) STRICT');
  const get = db.prepare('SELECT value FROM store WHERE key = ? AND expires > ?');
  const set = db.prepare('INSERT OR REPLACE INTO store (key, value, expires) VALUES (?, ?, ?)');
  const add = db.prepare(`INSERT INTO store (key, value, expires) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET value = excluded.value, expires = excluded.expires WHERE expires <= ?`);
  const remove = db.prepare('DELETE FROM store WHERE key = ?');
  const clean = db.prepare('DELETE FROM store WHERE expires <= ?');
  setInterval(() => clean.run(Date.now()), 3_600_000).unref();

  return {
    get: async (key) => get.get(key, Date.now())?.value,
    set: async (key, value, ttl) => set.run(key, value, Date.now() + ttl),
    delete: async (key) => remove.run(key),
    setIfAbsent: async (key, value, ttl) => add.run(key, value, Date.now() + ttl, Date.now()).changes === 1,
  };
}
