// Reads wasm-pack.toml strictly: an unknown key is an error, because no code would read it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { root } from './paths.mjs';

const text = (value) => typeof value === 'string';
const list = (value) => Array.isArray(value) && value.every(text);
const bytes = (value) => Number.isInteger(value) && value > 0;

const SCHEMA = {
  tools: { 'wasm-bindgen-cli': text, 'wasm-pack': text, 'cargo-deny': text },
  build: { profile: (value) => value === 'release', target: (value) => value === 'web', rustflags: list },
  modules: { mp_phone: list, mp_phone_diagnosis: list },
  'wasm-opt': { flags: list },
  'opt-level': { mp_phone: text, mp_phone_diagnosis: text },
  'wasm-opt-level': { mp_phone: text, mp_phone_diagnosis: text },
  budget: {
    'wasm-raw': bytes,
    'wasm-gzip': bytes,
    'diagnosis-raw': bytes,
    'diagnosis-gzip': bytes,
    tarball: bytes,
    'button-gzip': bytes,
    'button-tarball': bytes,
  },
  packages: { 'mp-phone': text, 'mp-phone-button': text },
};

export function parseManifest(source) {
  const manifest = parse(source);
  for (const section of Object.keys(manifest)) {
    if (!SCHEMA[section]) throw new Error(`wasm-pack.toml: unknown section [${section}]`);
    for (const key of Object.keys(manifest[section])) {
      if (!SCHEMA[section][key]) throw new Error(`wasm-pack.toml: unknown key ${section}.${key}`);
    }
  }
  for (const [section, keys] of Object.entries(SCHEMA)) {
    for (const [key, valid] of Object.entries(keys)) {
      if (!valid(manifest[section]?.[key]))
        throw new Error(`wasm-pack.toml: ${section}.${key} is missing or of the wrong type`);
    }
  }
  return manifest;
}

export const readManifest = () => parseManifest(readFileSync(join(root, 'wasm-pack.toml'), 'utf8'));
