import jpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import webp from '@jsquash/webp/codec/dec/webp_dec.wasm';
import { createWasmDecoder } from './wasm.ts';

export { canDecode } from './wasm.ts';

/** Decoding in a Cloudflare Worker, whose bundler turns `.wasm` imports into compiled modules. */
export const { decodeImage, prepareImage } = createWasmDecoder({ jpeg, webp });
