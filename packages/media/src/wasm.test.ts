import { decoderContract } from './testing/decoder-contract.ts';
import { loadGoldenCase } from './testing/golden.ts';
import { compileWasmModules } from './testing/wasm-modules.ts';
import { createWasmDecoder } from './wasm.ts';

decoderContract(
  'WebAssembly',
  createWasmDecoder(compileWasmModules()),
  loadGoldenCase(),
  new Set(['cmyk.jpg']),
);
