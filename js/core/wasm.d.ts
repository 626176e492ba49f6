/** `mp-phone/wasm`, where a bundler makes a compiled `WebAssembly.Module` of the import. */
declare const module: object;
export default module;
