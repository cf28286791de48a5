declare module '*.wasm' {
  /** A compiled `WebAssembly.Module`. */
  const module: object;
  export default module;
}
