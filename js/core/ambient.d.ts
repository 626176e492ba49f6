// js/build replaces these names.
declare module '#opener-bytes' {
  export function bytes(): Uint8Array<ArrayBuffer>;
}
declare module '#opener-wasm' {
  const module: WebAssembly.Module;
  export default module;
}
declare module '#opener-wasm?module' {
  export { default } from '#opener-wasm';
}
declare module '#diagnosis-bytes' {
  export { bytes } from '#opener-bytes';
}
declare module '#diagnosis-wasm' {
  export { default } from '#opener-wasm';
}
declare module '#diagnosis-wasm?module' {
  export { default } from '#opener-wasm';
}
