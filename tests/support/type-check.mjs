// Runs TypeScript's compiler in a project in which the packed packages are installed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../js/build/paths.mjs';

/** The strictest options that the packages support. */
const STRICT = {
  esModuleInterop: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  jsx: ts.JsxEmit.Preserve,
};

/** The compiler options of each module kind, by its name. */
export const MODULE_KINDS = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/**
 * Compiles files with the strictest options.
 * @param folder the project, whose node_modules has the packages
 * @param files the names of the files and their texts
 * @returns the errors: `{ file, line, text }`
 */
export function compileErrors(folder, files, options = MODULE_KINDS.nodenext) {
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
  const program = ts.createProgram(paths, {
    ...STRICT,
    types: ['node'],
    typeRoots: [join(root, 'node_modules', '@types')],
    ...options,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => ({
    file: file ? file.fileName.slice(folder.length + 1) : '',
    line: file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0,
    text: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
}
