/** `mp-phone/wasm` and `mp-phone/wasm-diagnosis`, where a bundler makes a compiled `WebAssembly.Module` of the import. */
declare const module: object;
export default module;
