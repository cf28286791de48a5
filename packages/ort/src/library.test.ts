import { expect, test } from 'vitest';
import { libraryPath } from './library.ts';
import { Runtime } from './runtime.ts';

test.each([
  ['linux', 'x64', /linux.x64.libonnxruntime\.so\.1$/],
  ['linux', 'arm64', /linux.arm64.libonnxruntime\.so\.1$/],
  ['darwin', 'arm64', /darwin.arm64.libonnxruntime\.1\.dylib$/],
  ['win32', 'x64', /win32.x64.onnxruntime\.dll$/],
])('finds the library for %s-%s', (platform, arch, expected) => {
  expect(libraryPath(platform, arch)).toMatch(expected);
});

test('says what to do on a platform without one', () => {
  expect(() => libraryPath('sunos', 'x64')).toThrow('no ONNX Runtime library for sunos-x64');
});

test('the library is the installed version and offers the CPU', () => {
  using runtime = Runtime.load();
  expect(runtime.version).toMatch(/^1\.\d+\.\d+$/);
  expect(runtime.providers()).toContain('cpu');
});
