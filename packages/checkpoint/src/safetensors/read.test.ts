import { truncateSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../error.ts';
import { fileWith, rejection, safetensorsBytes } from '../testing.ts';
import { openSafetensors } from './read.ts';

/** Written by the reference implementation (safetensors.torch.save): one tensor of each kind. */
const reference = Buffer.from(
  [
    'OAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJsb25nIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOlsy',
    'XSwiZGF0YV9vZmZzZXRzIjpbMCwxNl19LCJkb3VibGUiOnsiZHR5cGUiOiJGNjQiLCJzaGFwZSI6WzFdLCJkYXRhX29mZnNl',
    'dHMiOlsxNiwyNF19LCJlbXB0eSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMCw0XSwiZGF0YV9vZmZzZXRzIjpbMjQsMjRd',
    'fSwic2NhbGFyIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOltdLCJkYXRhX29mZnNldHMiOlsyNCwyOF19LCJpbnQiOnsiZHR5',
    'cGUiOiJJMzIiLCJzaGFwZSI6WzIsMV0sImRhdGFfb2Zmc2V0cyI6WzI4LDM2XX0sImJyYWluIjp7ImR0eXBlIjoiQkYxNiIs',
    'InNoYXBlIjpbMSwyXSwiZGF0YV9vZmZzZXRzIjpbMzYsNDBdfSwiaGFsZiI6eyJkdHlwZSI6IkYxNiIsInNoYXBlIjpbM10s',
    'ImRhdGFfb2Zmc2V0cyI6WzQwLDQ2XX0sImJ5dGUiOnsiZHR5cGUiOiJVOCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6',
    'WzQ2LDQ4XX0sImZsYWciOnsiZHR5cGUiOiJCT09MIiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbNDgsNTFdfX0gICAg',
    'AAAAAAAAAMADAAAAAAAAAJx1AIg85Dd+AACAPgEAAAD+////gD9JwAA+AMD/e/8HAQAB',
  ].join(''),
  'base64',
);

const f32 = (begin: number, end: number, shape = [(end - begin) / 4]) =>
  JSON.stringify({ dtype: 'F32', shape, data_offsets: [begin, end] });

describe('openSafetensors', () => {
  it('reads what the reference implementation wrote', async () => {
    using file = await openSafetensors(await fileWith(reference));
    expect(file.metadata).toEqual({ format: 'pt' });
    expect(file.read('half')).toEqual(Float16Array.of(1.5, -2, 65504));
    expect(file.read('long')).toEqual(BigInt64Array.of(-(2n ** 62n), 3n));
    expect(file.read('int')).toEqual(Int32Array.of(1, -2));
    expect(file.read('flag')).toEqual(Uint8Array.of(1, 0, 1));
    expect(file.read('byte')).toEqual(Uint8Array.of(255, 7));
    expect(file.read('double')).toEqual(Float64Array.of(1e300));
    expect(file.read('empty')).toEqual(new Float32Array(0));
    expect(file.info('brain')).toMatchObject({ dtype: 'bfloat16', shape: [1, 2], sizeBytes: 4 });
    expect(file.readFloat32('brain')).toEqual(Float32Array.of(1, -3.140625));
    expect(file.readFloat32('half')).toEqual(Float32Array.of(1.5, -2, 65504));
    expect(file.info('scalar').shape).toEqual([]);
    expect(file.read('scalar')).toEqual(Float32Array.of(0.25));
  });

  it('gives offsets from the start of the file', async () => {
    using file = await openSafetensors(await fileWith(reference));
    const { offset, sizeBytes } = file.info('double');
    expect(reference.subarray(offset, offset + sizeBytes).readDoubleLE()).toBe(1e300);
  });

  it('reads rows into memory that it is given, where that has their size', async () => {
    using file = await openSafetensors(await fileWith(reference));
    const [fitting, other] = [new ArrayBuffer(4), new ArrayBuffer(8)];
    const rows = file.readRows('int', 1, 2, fitting);
    expect(rows).toEqual(Int32Array.of(-2));
    expect(rows.buffer).toBe(fitting);
    expect(file.readRows('int', 0, 1, other).buffer).not.toBe(other);
    expect(new Uint8Array(other)).toEqual(new Uint8Array(8));
  });

  it('caches only when asked', async () => {
    const path = await fileWith(reference);
    using fresh = await openSafetensors(path);
    using cached = await openSafetensors(path, { cache: true });
    expect(fresh.read('half')).not.toBe(fresh.read('half'));
    expect(cached.read('half')).toBe(cached.read('half'));
  });

  it('names what is asked of it in vain', async () => {
    const file = await openSafetensors(await fileWith(reference));
    expect(() => file.read('model.half')).toThrow(/no tensor "model.half"; there is half/);
    expect(() => file.readFloat32('long')).toThrow(/"long" is int64, not a floating-point dtype/);
    file.close();
    expect(() => file.read('half')).toThrow(/was closed/);
  });

  it('notices a file that shrinks under it', async () => {
    const path = await fileWith(reference);
    using file = await openSafetensors(path);
    truncateSync(path, reference.length - 12);
    expect(() => [...file.tensors.keys()].map((name) => file.read(name))).toThrow(/the file ends at byte/);
  });

  it('says when there is no file', async () => {
    await rejection('not_found', openSafetensors('/nowhere/at/all.safetensors'));
  });
});

describe('a damaged header', () => {
  const data = new Uint8Array(8);
  const huge = new Uint8Array(16);
  new DataView(huge.buffer).setBigUint64(0, 2n ** 63n, true);
  const cases: [string, Parameters<typeof rejection>[0], Uint8Array, RegExp][] = [
    ['empty file', 'truncated', new Uint8Array(), /0 bytes are too few/],
    ['header beyond the file', 'truncated', reference.subarray(0, 100), /the file ends after 100/],
    ['header beyond the limit', 'header_too_large', huge, /limit is 100000000/],
    ['not JSON', 'invalid_header', safetensorsBytes('{"a":'), /not JSON/],
    ['an array', 'invalid_header', safetensorsBytes('[]'), /does not begin with \{/],
    ['a blank in front', 'invalid_header', safetensorsBytes(' {}'), /does not begin with \{/],
    ['not UTF-8', 'invalid_header', safetensorsBytes(Uint8Array.of(0x7b, 0xff, 0x7d)), /not JSON in UTF-8/],
    ['bytes behind', 'invalid_header', safetensorsBytes('{}', data), /8 bytes follow/],
    ['metadata not text', 'invalid_header', safetensorsBytes('{"__metadata__":{"a":1}}'), /metadata__.a/],
    [
      'a name twice',
      'invalid_header',
      safetensorsBytes(`{"a":${f32(0, 8)},"a":${f32(0, 8)}}`, data),
      /"a" twice/,
    ],
    [
      'a name twice, escaped',
      'invalid_header',
      safetensorsBytes(`{"a":${f32(0, 8)},"\\u0061":${f32(0, 8)}}`, data),
      /"a" twice/,
    ],
    [
      'a property twice',
      'invalid_header',
      safetensorsBytes('{"a":{"dtype":"F32","dtype":"I32"}}'),
      /"dtype" twice/,
    ],
    ['tensor cut off', 'truncated', safetensorsBytes(`{"a":${f32(0, 12)}}`, data), /need \d+ bytes/],
    [
      'overlap',
      'invalid_tensor',
      safetensorsBytes(`{"a":${f32(0, 8)},"b":${f32(4, 8)}}`, data),
      /"b" overlaps/,
    ],
    ['hole', 'invalid_tensor', safetensorsBytes(`{"b":${f32(4, 8)}}`, data), /"b" leaves a hole/],
    [
      'shape and size',
      'invalid_tensor',
      safetensorsBytes(`{"a":${f32(0, 8, [3])}}`, data),
      /F32 \[3\] takes 12/,
    ],
    [
      'overflow',
      'invalid_tensor',
      safetensorsBytes(`{"a":${f32(0, 8, [2 ** 40, 2 ** 40])}}`, data),
      /spans 8/,
    ],
    ['negative size', 'invalid_tensor', safetensorsBytes(`{"a":${f32(0, 8, [-1, -2])}}`, data), /not a list/],
    ['backwards', 'invalid_tensor', safetensorsBytes(`{"a":${f32(8, 0, [])}}`, data), /spans -8/],
    [
      'unknown dtype',
      'unsupported_dtype',
      safetensorsBytes('{"a":{"dtype":"F4","shape":[],"data_offsets":[0,0]}}'),
      /dtype F4/,
    ],
    [
      'unknown property',
      'invalid_tensor',
      safetensorsBytes('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"strides":[1]}}'),
      /unknown properties: strides/,
    ],
    [
      'endless nesting',
      'invalid_tensor',
      safetensorsBytes(
        `{"a":{"dtype":"F32","shape":${'['.repeat(1e5)}${']'.repeat(1e5)},"data_offsets":[0,0]}}`,
      ),
      /nested too deeply/,
    ],
    ['a name of megabytes', 'invalid_tensor', safetensorsBytes(`{"${'n'.repeat(3e6)}":7}`), /^.{0,3000}…$/],
    ['no tensor', 'invalid_tensor', safetensorsBytes('{"a":7}'), /not described by an object/],
  ];

  it.each(cases)('%s is %s', async (_, code, bytes, message) => {
    expect((await rejection(code, openSafetensors(await fileWith(bytes)))).message).toMatch(message);
  });

  it('never does anything but throw a CheckpointError or read', async () => {
    const path = await fileWith(reference);
    const { writeFile } = await import('node:fs/promises');
    const mutation = fc.record({
      at: fc.nat(reference.length - 1),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }),
      keep: fc.oneof({ weight: 3, arbitrary: fc.constant(reference.length) }, fc.nat(reference.length)),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ at, bytes, keep }) => {
        const broken = Uint8Array.from(reference);
        broken.set(bytes.subarray(0, broken.length - at), at);
        await writeFile(path, broken.subarray(0, keep));
        try {
          using file = await openSafetensors(path);
          for (const [name, { sizeBytes }] of file.tensors) {
            expect(file.read(name).byteLength).toBe(sizeBytes);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointError);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('throws a CheckpointError for any JSON at all', async () => {
    const path = await fileWith('');
    const { writeFile } = await import('node:fs/promises');
    const tensor = fc.record(
      {
        dtype: fc.constantFrom('F32', 'U8', 'F16', 7),
        shape: fc.oneof(fc.array(fc.nat(3), { maxLength: 3 }), fc.jsonValue()),
        data_offsets: fc.oneof(fc.tuple(fc.nat(8), fc.nat(8)), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const header = fc.dictionary(fc.string(), fc.oneof(tensor, fc.jsonValue()), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(header, fc.uint8Array({ maxLength: 8 }), async (json, tail) => {
        await writeFile(path, safetensorsBytes(JSON.stringify(json), tail));
        try {
          using file = await openSafetensors(path);
          const sizes = [...file.tensors.values()].map((info) => info.sizeBytes);
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(tail.length);
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointError);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
