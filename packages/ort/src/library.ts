/** Finds and opens the ONNX Runtime library that the onnxruntime-node package ships. */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import koffi, { type LibraryHandle } from 'koffi';
import { OrtError } from './status.ts';

/** File names by platform; macOS ships a versioned name and an alias for it. */
const fileNames: Readonly<Record<string, readonly string[]>> = {
  linux: ['libonnxruntime.so.1', 'libonnxruntime.so'],
  darwin: ['libonnxruntime.1.dylib', 'libonnxruntime.dylib'],
  win32: ['onnxruntime.dll'],
};

/**
 * The path of the library for a platform inside the onnxruntime-node package (`bin/napi-vN/<platform>/<arch>/`).
 * Throws `library_missing` with what is there instead.
 */
export function libraryPath(platform: string = process.platform, arch: string = process.arch): string {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('onnxruntime-node');
  const bin = path.join(entry.slice(0, entry.lastIndexOf('onnxruntime-node')), 'onnxruntime-node', 'bin');
  const layouts = existsSync(bin) ? readdirSync(bin).filter((name) => name.startsWith('napi-v')) : [];
  for (const layout of layouts) {
    for (const name of fileNames[platform] ?? []) {
      const file = path.join(bin, layout, platform, arch, name);
      if (existsSync(file)) return file;
    }
  }
  throw new OrtError(
    'library_missing',
    `onnxruntime-node has no ONNX Runtime library for ${platform}-${arch} under ${bin}. ` +
      'It ships linux-x64, linux-arm64, darwin-arm64, win32-x64 and win32-arm64; reinstall it if yours is one of them.',
  );
}

/** Whether a provider's own library (CUDA's, for one) lies beside the main one, where ONNX Runtime looks for it. */
export function hasProviderLibrary(provider: string): boolean {
  const name =
    process.platform === 'win32'
      ? `onnxruntime_providers_${provider}.dll`
      : `libonnxruntime_providers_${provider}.so`;
  return existsSync(path.join(path.dirname(libraryPath()), name));
}

/**
 * koffi runs native code on stacks of its own, 128 KiB for asynchronous calls. Shader compilers and graph rewriting
 * need what an ordinary thread has. The pages are only reserved: memory goes to those that are touched.
 */
const stackBytes = 8 * 1024 * 1024;

/**
 * ONNX Runtime 1.30 keeps a telemetry database in the user's cache folder as soon as its environment exists, unless
 * this is set before. Whoever wants it sets the variable to 0.
 */
const telemetrySwitch = 'ORT_DISABLE_TELEMETRY';

export function openLibrary(): LibraryHandle {
  const file = libraryPath();
  process.env[telemetrySwitch] ??= '1';
  try {
    // koffi takes this only before the first library of the process (or Worker) is opened.
    koffi.config({ sync_stack_size: stackBytes, async_stack_size: stackBytes });
    return koffi.load(file);
  } catch (error) {
    throw new OrtError(
      'library_missing',
      `cannot open ${file}: ${error instanceof Error ? error.message : String(error)}. ` +
        'On Linux it needs glibc 2.28 or newer (Alpine has musl instead).',
      { cause: error },
    );
  }
}
