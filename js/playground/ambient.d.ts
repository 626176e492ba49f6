// What vite.config.mjs puts in: base64 of gzip.
declare module '#packed-wasm' {
  const text: string;
  export default text;
}
declare module '#packed-samples' {
  const text: string;
  export default text;
}
declare module '*.css';
