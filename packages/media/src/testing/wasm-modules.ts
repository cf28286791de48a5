import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { WasmModules } from '../wasm.ts';

declare const WebAssembly: { Module: new (bytes: Uint8Array) => object };

const resolve = createRequire(import.meta.url).resolve;

/** The codecs compiled from their bytes: how Node stands in for the Worker's bundler. */
export function compileWasmModules(): WasmModules {
  const compile = (path: string) => new WebAssembly.Module(readFileSync(resolve(path)));
  return {
    jpeg: compile('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
    webp: compile('@jsquash/webp/codec/dec/webp_dec.wasm'),
  };
}
