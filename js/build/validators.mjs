// Compiles the functions that validate requests from the JSON Schemas of the OpenAPI document. They are compiled at build
// time, because ajv would need `eval`, which Workers forbid.

import { join } from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { root } from './paths.mjs';

/** An esbuild plugin that resolves `#request-validators` to the functions; see js/server/ambient.d.ts. */
export const requestValidators = {
  name: 'request-validators',
  setup(bundle) {
    bundle.onResolve({ filter: /^#request-validators$/ }, () => ({
      path: 'validators',
      namespace: 'request-validators',
    }));
    bundle.onLoad({ filter: /./, namespace: 'request-validators' }, async () => ({
      contents: await compile(),
      resolveDir: root,
    }));
  },
};

async function compile() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'js', 'server', 'http', 'schema.ts')],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    write: false,
    logLevel: 'warning',
  });
  const { requestSchemas } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  const { LoginRequest, PhoneRequest, LogoutRequest } = requestSchemas();
  const ajv = new Ajv({ code: { source: true, esm: true }, allowUnionTypes: true });
  for (const [name, schema] of Object.entries({ login: LoginRequest, phone: PhoneRequest, logout: LogoutRequest }))
    ajv.addSchema(schema, name);
  return standaloneCode(ajv, { login: 'login', phone: 'phone', logout: 'logout' });
}
