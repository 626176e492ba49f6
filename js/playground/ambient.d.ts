// The modules that vite.config.mjs generates. Each exports gzipped data as base64.
declare module '#packed-wasm' {
  const text: string;
  export default text;
}
declare module '#packed-samples' {
  const text: string;
  export default text;
}
declare module '*.css';
