/** Wrangler compiles WebAssembly when it deploys. */
declare module '*.wasm' {
  const module: WebAssembly.Module
  export default module
}
