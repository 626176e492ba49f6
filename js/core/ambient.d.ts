// What js/build puts in the place of these names.
declare module '#bytes' {
  export function bytes(): Uint8Array<ArrayBuffer>;
}
declare module '#wasm' {
  const module: WebAssembly.Module;
  export default module;
}
declare module '#wasm?module' {
  const module: WebAssembly.Module;
  export default module;
}
