declare module 'workerd' {
  /** Path of the executable. CommonJS, so what Node sees as the default export is all exports. */
  const exports: { default: string };
  export default exports;
}
