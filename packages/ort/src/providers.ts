/** Execution providers: which are there, how a session asks for one, how to get a missing one. */
import { type Api, api } from './api.ts';
import { hasProviderLibrary } from './library.ts';
import { outPointer, readPointer, readString } from './memory.ts';
import { check, OrtError } from './status.ts';

interface ProviderSupport {
  /** The name `GetAvailableProviders` lists it by. */
  readonly nativeName: string;
  /** Whether it needs a library of its own beside ONNX Runtime's. */
  readonly library?: string;
  /** What to do when it is missing; ends the error's message. */
  readonly howToGet: string;
  /** Whether its sessions share one device queue, so that their runs must not overlap. */
  readonly serial: boolean;
  append(ort: Api, options: bigint): bigint | null;
}

const providers = {
  cpu: {
    nativeName: 'CPUExecutionProvider',
    howToGet: 'Reinstall onnxruntime-node.',
    serial: false,
    append: () => null,
  },
  webgpu: {
    nativeName: 'WebGpuExecutionProvider',
    howToGet:
      'It needs a GPU with a Vulkan 1.1 (Linux), Metal or Direct3D 12 driver. On Linux install libvulkan1 and the ' +
      "GPU's Vulkan driver; without a GPU, Chromium's SwiftShader serves (VK_ICD_FILENAMES=<path>/vk_swiftshader_icd.json).",
    serial: true,
    append: (ort, options) => ort.SessionOptionsAppendExecutionProvider(options, 'WebGPU', null, null, 0),
  },
  cuda: {
    nativeName: 'CUDAExecutionProvider',
    library: 'cuda',
    howToGet:
      'It needs an NVIDIA GPU with driver, CUDA 12 and cuDNN 9, and libonnxruntime_providers_cuda and _shared of the ' +
      "same version beside ONNX Runtime's library: `node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install=cuda12`.",
    serial: false,
    append: appendCuda,
  },
} as const satisfies Record<string, ProviderSupport>;

export type Provider = keyof typeof providers;

function appendCuda(ort: Api, options: bigint): bigint | null {
  const cuda = outPointer('make CUDA options', (out) => ort.CreateCUDAProviderOptions(out));
  try {
    return ort.SessionOptionsAppendExecutionProvider_CUDA_V2(options, cuda);
  } finally {
    ort.ReleaseCUDAProviderOptions(cuda);
  }
}

function support(provider: Provider): ProviderSupport {
  return providers[provider];
}

export function isProvider(value: unknown): value is Provider {
  return typeof value === 'string' && Object.hasOwn(providers, value);
}

export function isSerial(provider: Provider): boolean {
  return support(provider).serial;
}

/** The providers whose code is installed. Whether a GPU answers is known when a session is created. */
export function installedProviders(): Provider[] {
  const listed = compiledIn();
  return (Object.keys(providers) as Provider[]).filter((provider) => {
    const { nativeName, library } = support(provider);
    return listed.has(nativeName) && (library === undefined || hasProviderLibrary(library));
  });
}

function compiledIn(): Set<string> {
  const ort = api();
  const count = new Int32Array(1);
  const names = outPointer('list the providers', (out) => ort.GetAvailableProviders(out, count));
  const length = count[0] ?? 0;
  const listed = Array.from({ length }, (_, index) => readString(readPointer(names, index)));
  check(ort, ort.ReleaseAvailableProviders(names, length), 'list the providers');
  return new Set(listed);
}

export function missingProvider(provider: Provider, why: string, cause?: unknown): OrtError {
  const message = `the ${provider} provider cannot be used: ${why}. ${support(provider).howToGet}`;
  return new OrtError('provider_missing', message, { cause });
}

/** Puts a provider into session options; throws `provider_missing` when it is not installed. */
export function appendProvider(options: bigint, provider: Provider): void {
  if (!installedProviders().includes(provider)) {
    throw missingProvider(provider, 'it is not installed here');
  }
  const ort = api();
  try {
    check(ort, support(provider).append(ort, options), `add the ${provider} provider`);
  } catch (error) {
    throw missingProvider(provider, error instanceof Error ? error.message : String(error), error);
  }
}
