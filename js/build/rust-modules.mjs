// Finds cycles between the files of a Rust crate. File A has an edge to file B if A names an item that B
// defines. Re-exports are followed, so `crate::Error` leads to error.rs and not to lib.rs. `mod` declarations
// and a `pub use` of a module's own children are not edges: a parent may list its children. Test modules are ignored.
// For `use a::*`, a name is looked up only among the names that `a` itself exports explicitly.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * A module of the crate.
 * @typedef {object} Module
 * @property {string} file the module's file; for an inline module the file of its parent
 * @property {Module | undefined} parent
 * @property {Map<string, Module>} children
 * @property {Map<string, string[]>} names the names that `use` brings into scope, with their paths
 * @property {string[][]} globs the paths of `use …::*`
 * @property {{ path: string[], exported: boolean }[]} uses
 * @property {string} code the module's text without comments, literals, `use` and inline modules
 */

/**
 * Reads a crate and returns the first cycle between its files, as paths relative to the crate's folder, or undefined.
 * @param {string} root the file of the crate's root module, such as src/lib.rs
 * @returns {string[] | undefined} the files of the cycle; the first file is repeated at the end
 */
export function findRustCycle(root) {
  const modules = [];
  const crate = readModule(root, dirname(root), undefined, modules);
  const graph = new Map();
  for (const module of modules) {
    const edges = graph.get(module.file) ?? new Set();
    graph.set(module.file, edges);
    const paths = [...module.uses, ...pathsIn(module).map((path) => ({ path, exported: false }))];
    for (const { path, exported } of paths) {
      const file = definingFile(path, module, crate);
      if (file && file !== module.file && !(exported && isBelow(file, module.file, root))) edges.add(file);
    }
  }
  return cycleIn(graph)?.map((file) => relative(dirname(root), file));
}

/** Whether a file is in the folder of a module's children. */
function isBelow(file, parent, root) {
  const folder = parent === root || parent.endsWith('mod.rs') ? dirname(parent) : parent.slice(0, -'.rs'.length);
  return file.startsWith(folder + sep);
}

function readModule(file, folder, parent, modules) {
  return makeModule(withoutTests(withoutLiterals(readFileSync(file, 'utf8'))), file, folder, parent, modules);
}

function makeModule(source, file, folder, parent, modules) {
  const module = { file, parent, children: new Map(), names: new Map(), globs: [], uses: [], code: '' };
  modules.push(module);
  let code = source;
  for (;;) {
    const inline = /\bmod\s+(\w+)\s*\{/.exec(code);
    if (!inline) break;
    const end = closingBrace(code, inline.index + inline[0].length);
    const body = code.slice(inline.index + inline[0].length, end - 1);
    module.children.set(inline[1], makeModule(body, file, join(folder, inline[1]), module, modules));
    code = code.slice(0, inline.index) + code.slice(end);
  }
  code = code.replace(/\bmod\s+(\w+)\s*;/g, (_, name) => {
    const child = [join(folder, `${name}.rs`), join(folder, name, 'mod.rs')].find((path) => existsSync(path));
    if (child) module.children.set(name, readModule(child, join(folder, name), module, modules));
    return '';
  });
  module.code = code.replace(/(\bpub(?:\s*\([^)]*\))?\s+)?\buse\s+([^;]+);/g, (_, visibility, tree) => {
    for (const { path, name } of expandUse(tree.replace(/\s+/g, ' ').trim())) {
      if (path.at(-1) === '*') module.globs.push(path.slice(0, -1));
      else module.names.set(name, path);
      module.uses.push({ path, exported: Boolean(visibility) });
    }
    return '';
  });
  return module;
}

/** Comments, strings and characters become blanks: braces and paths in them have no meaning. */
function withoutLiterals(source) {
  const tokens =
    /\/\/[^\n]*|\/\*[^]*?\*\/|\bb?r(#*)"[^]*?"\1|b?"(?:\\[^]|[^"\\])*"|b?'(?:\\(?:u\{[^}]*\}|x..|.)|[^'\\\n])'/gu;
  return source.replace(tokens, ' ');
}

function withoutTests(source) {
  let code = source;
  for (;;) {
    const test = /#\[cfg\((?:all\()?test\b[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?(\w+)/.exec(code);
    if (!test) return code;
    const from = test.index + test[0].length;
    const rest = /[;{]/.exec(code.slice(from));
    const stop = rest ? from + rest.index + 1 : code.length;
    code = code.slice(0, test.index) + code.slice(rest?.[0] === '{' ? closingBrace(code, stop) : stop);
  }
}

/** The position after the brace that closes the block around `from`. */
function closingBrace(code, from) {
  let depth = 1;
  let at = from;
  while (at < code.length && depth > 0) {
    if (code[at] === '{') depth += 1;
    if (code[at] === '}') depth -= 1;
    at += 1;
  }
  return at;
}

/** The paths in a tree such as `crate::{Error, json::{self, Json as J}}`. */
function expandUse(tree, prefix = []) {
  const open = tree.indexOf('{');
  if (open >= 0 && tree.endsWith('}')) {
    const head = [...prefix, ...segments(tree.slice(0, open))];
    return splitList(tree.slice(open + 1, -1)).flatMap((part) => expandUse(part, head));
  }
  const [path, alias] = tree.split(' as ');
  const parts = [...prefix, ...segments(path)];
  if (parts.length > 1 && parts.at(-1) === 'self') parts.pop();
  return [{ path: parts, name: alias ?? parts.at(-1) }];
}

function splitList(list) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= list.length; at += 1) {
    if (list[at] === '{') depth += 1;
    if (list[at] === '}') depth -= 1;
    if (at === list.length || (list[at] === ',' && depth === 0)) {
      parts.push(list.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parts.filter(Boolean);
}

/** `::rsa` keeps an empty first segment: it names another crate. */
function segments(path) {
  const parts = path.split('::').map((part) => part.trim());
  return parts.at(-1) === '' ? parts.slice(0, -1) : parts;
}

function pathsIn(module) {
  return [...module.code.matchAll(/(?<![\w:])(?:::)?\w+(?:\s*::\s*\w+)+/g)].map(([path]) => segments(path));
}

/** The file that defines the item of a path; undefined for other crates and for local names. */
function definingFile(path, module, crate, depth = 0) {
  if (depth > 20) return undefined;
  let [at, rest] = [module, path];
  if (path[0] === 'crate') [at, rest] = [crate, path.slice(1)];
  else if (path[0] === 'self') rest = path.slice(1);
  else if (path[0] === 'super') {
    while (rest[0] === 'super') [at, rest] = [at?.parent, rest.slice(1)];
  } else if (!module.children.has(path[0]) && !module.names.has(path[0])) return undefined;
  for (; at && rest.length > 0; rest = rest.slice(1)) {
    const child = at.children.get(rest[0]);
    if (child) at = child;
    else {
      const used = at.names.get(rest[0]);
      // An external crate may have the same name as the item that is imported from it: `use base64::Engine`.
      if (used && !(used[0] === rest[0] && !at.children.has(rest[0]))) {
        return definingFile([...used, ...rest.slice(1)], at, crate, depth + 1);
      }
      return used ? undefined : (throughGlobs(rest, at, crate, depth) ?? at.file);
    }
  }
  return at?.file;
}

/** The file that defines a name of `use …::*`, if that module exports the name explicitly. */
function throughGlobs(rest, module, crate, depth) {
  for (const glob of module.globs) {
    const target = moduleOf(glob, module, crate);
    if (target && (target.names.has(rest[0]) || target.children.has(rest[0]))) {
      return definingFile(['self', ...rest], target, crate, depth + 1);
    }
  }
  return undefined;
}

function moduleOf(path, module, crate) {
  let at = path[0] === 'crate' ? crate : module;
  for (const part of path) {
    if (part === 'super') at = at?.parent;
    else if (part !== 'crate' && part !== 'self') at = at?.children.get(part);
  }
  return at;
}

function cycleIn(graph) {
  const finished = new Set();
  const visit = (file, trail) => {
    const start = trail.indexOf(file);
    if (start >= 0) return [...trail.slice(start), file];
    if (finished.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle) return cycle;
    }
    finished.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const cycle = findRustCycle(fileURLToPath(new URL('../../src/lib.rs', import.meta.url)));
  if (cycle) {
    console.error(`A cycle between modules of src/: ${cycle.join(' → ')}`);
    process.exitCode = 1;
  }
}
