import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { findRustCycle } from '../../js/build/rust-modules.mjs';

const CASES = [
  [
    'two files that use each other',
    { 'lib.rs': 'mod a; mod b;', 'a.rs': 'use crate::b::B;', 'b.rs': 'use super::a::A;' },
    'a b a',
  ],
  [
    'a path in an expression',
    { 'lib.rs': 'mod a; mod b;', 'a.rs': 'fn f() { crate::b::g() }', 'b.rs': 'use crate::{a::{self, X}};' },
    'a b a',
  ],
  [
    'a parent that uses its child, which uses its parent',
    { 'lib.rs': 'mod a;', 'a.rs': 'mod c; use c::C; pub struct A;', 'a/c.rs': 'use super::A;' },
    'a a/c a',
  ],
  [
    'a re-export, which leads to the file that defines the item',
    { 'lib.rs': 'mod a; mod b; pub use b::B;', 'a.rs': 'use crate::B;', 'b.rs': 'use crate::a::A;' },
    'a b a',
  ],
  [
    'a glob re-export',
    {
      'lib.rs': 'mod a; mod b; pub use b::*;',
      'a.rs': 'use crate::B;',
      'b.rs': 'mod d; pub use d::B;',
      'b/d.rs': 'use crate::a::A;',
    },
    'a b/d a',
  ],
  [
    'an inline module, whose parent is in the same file',
    {
      'lib.rs': 'mod a; mod b;',
      'a.rs': 'struct A; mod x { use super::A; use crate::b::B; }',
      'b.rs': 'use crate::a::A;',
    },
    'a b a',
  ],
  [
    'a re-export of an item from another part of the module tree',
    { 'lib.rs': 'mod a; mod b;', 'a.rs': 'pub(crate) use crate::b::B;', 'b.rs': 'use crate::a::A;' },
    'a b a',
  ],
  [
    'a parent that only declares and re-exports',
    { 'lib.rs': 'mod a; pub use a::A;', 'a.rs': 'use crate::A as Own;' },
    undefined,
  ],
  [
    'test modules, comments and texts',
    {
      'lib.rs': 'mod a; mod b;',
      'a.rs': 'use crate::b::B; // {',
      'b.rs':
        '// use crate::a::A;\nconst T: &str = "crate::a::A"; #[cfg(test)] mod tests { use crate::a::A; fn f() {} }',
    },
    undefined,
  ],
  [
    'a file without a cycle',
    { 'lib.rs': 'mod a; mod b;', 'a.rs': 'use crate::b::B;', 'b.rs': 'use base64::Engine;' },
    undefined,
  ],
];

for (const [name, files, expected] of CASES) {
  test(`cycles between Rust modules: ${name}`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'rust-modules-'));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const cycle = findRustCycle(join(folder, 'lib.rs'));
    assert.equal(cycle?.map((file) => file.slice(0, -'.rs'.length)).join(' '), expected);
  });
}

test('the modules of src/ have no cycle', () => {
  const root = join(import.meta.dirname, '..', '..', 'src', 'lib.rs');
  assert.equal(findRustCycle(root), undefined);
});
