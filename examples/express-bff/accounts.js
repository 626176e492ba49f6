// Accounts: a user has one identity on each platform and one phone number, and a number belongs to one user.
// The database constraints enforce this. A check before the write would not: two processes could check at the same time.

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY
  ) STRICT;
  CREATE TABLE IF NOT EXISTS identities (
    platform TEXT NOT NULL,
    open_id TEXT NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users (id),
    PRIMARY KEY (platform, open_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS phones (
    e164 TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL UNIQUE REFERENCES users (id)
  ) STRICT;
`;

export class Accounts {
  constructor(db) {
    db.exec(SCHEMA);
    this.db = db;
    this.sql = {
      user: db.prepare('SELECT user_id AS id FROM identities WHERE platform = ? AND open_id = ?'),
      addUser: db.prepare('INSERT INTO users DEFAULT VALUES'),
      addIdentity: db.prepare('INSERT INTO identities (platform, open_id, user_id) VALUES (?, ?, ?)'),
      bind: db.prepare('INSERT INTO phones (e164, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING'),
      owner: db.prepare('SELECT user_id AS id FROM phones WHERE e164 = ?'),
    };
  }

  /**
   * Binds a number to a user. Idempotent: a second call with the same arguments returns the same result.
   * @returns `{userId, bound: true}`, or `{userId, bound: false, reason}`: the number belongs to another user (`taken`),
   * or the user has another number (`has-another`)
   */
  bind({ platform, openId }, e164) {
    return this.transaction(() => {
      const userId = this.findOrAddUser(platform, openId);
      this.sql.bind.run(e164, userId);
      const owner = this.sql.owner.get(e164);
      if (owner?.id === userId) return { userId, bound: true };
      return { userId, bound: false, reason: owner ? 'taken' : 'has-another' };
    });
  }

  findOrAddUser(platform, openId) {
    const known = this.sql.user.get(platform, openId);
    if (known) return known.id;
    const { lastInsertRowid: id } = this.sql.addUser.run();
    this.sql.addIdentity.run(platform, openId, id);
    return id;
  }

  /** IMMEDIATE takes the write lock before the first read, so no other process can change the rows in between. */
  transaction(work) {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const value = work();
      this.db.exec('COMMIT');
      return value;
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }
}
