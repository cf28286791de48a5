import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Where distributions put the SwiftShader that comes with Chromium: a Vulkan driver that needs no GPU. */
const drivers = [
  process.env.VK_ICD_FILENAMES ?? '',
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/usr/lib64/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
];
const driver = drivers.find((file) => file !== '' && existsSync(file));
if (driver === undefined) {
  console.warn('WebGPU tests skipped: no SwiftShader here (apt-get install chromium-common libvulkan1).');
}

/** The driver is read when the library loads, so each case has a process of its own. */
function runScript(vulkanDriver: string): unknown {
  const output = execFileSync(
    process.execPath,
    [fileURLToPath(new URL('./webgpu.script.ts', import.meta.url))],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        VK_ICD_FILENAMES: vulkanDriver,
        // Chromium brings a Vulkan loader too, for machines without libvulkan1.
        LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, path.dirname(vulkanDriver)].filter(Boolean).join(':'),
      },
    },
  );
  return JSON.parse(output);
}

test.skipIf(driver === undefined)('WebGPU gives what the CPU gives', { timeout: 60_000 }, () => {
  expect(runScript(driver ?? '')).toEqual({
    allocated: [11, 22, 33],
    inPlace: [11, 22, 33],
    together: [11, 22, 33],
    busy: 'busy',
    difference: expect.closeTo(0, 4),
  });
});

test.skipIf(process.platform !== 'linux')(
  'without a GPU WebGPU is refused, not replaced',
  { timeout: 60_000 },
  () => {
    expect(runScript('/nonexistent/driver.json')).toMatchObject({
      code: 'provider_missing',
      message: expect.stringMatching(/webgpu provider cannot be used.*Vulkan/s),
    });
  },
);
