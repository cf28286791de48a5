import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../testing.ts';
import { crc32c, maskedCrc32c } from './crc32c.ts';
import { createEventWriter, record, scalarsEvent, versionEvent } from './events.ts';

test('CRC-32C of the vectors in RFC 3720, B.4', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e);
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

test('a mask can be taken off again', () => {
  const bytes = Buffer.from('123456789');
  const rotated = (maskedCrc32c(bytes) - 0xa282ead8) >>> 0;
  expect(((rotated << 15) | (rotated >>> 17)) >>> 0).toBe(crc32c(bytes));
});

test('the first record is, byte for byte, what event.proto and TFRecord say', () => {
  // wall_time (1, double) 1.5; file_version (3, string).
  const event = `09000000000000f83f1a0d${Buffer.from('brain.Event:2').toString('hex')}`;
  expect(versionEvent(1.5).toString('hex')).toBe(event);
  const whole = record(versionEvent(1.5));
  expect(whole.subarray(0, 8).toString('hex')).toBe('1800000000000000');
  // The checksum that every event file begins with: of the length 24.
  expect(whole.subarray(8, 12).toString('hex')).toBe('a37f4b22');
  expect(whole.length).toBe(8 + 4 + 24 + 4);
});

test('a scalar is step, tag and float', () => {
  // step (2) 300; summary (5) { value (1) { tag (1) "loss", simple_value (2, float) 0.5 } }.
  const value = `0a04${Buffer.from('loss').toString('hex')}150000003f`;
  const expected = `09000000000000f03f10ac022a0d0a0b${value}`;
  expect(scalarsEvent(1, 300, { loss: 0.5 }).toString('hex')).toBe(expected);
});

test('files can be read back record by record', () => {
  using folder = temporaryDirectory();
  const writer = createEventWriter(folder.path, () => 1_700_000_000_000);
  writer.start(7);
  writer.scalars(8, { loss: 1.25, rate: 1e-3 });
  const [name = ''] = readdirSync(folder.path);
  expect(name).toBe('events.out.tfevents.1700000000000.xllm');
  const bytes = readFileSync(join(folder.path, name));
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    expect(bytes.readUInt32LE(at + 8)).toBe(maskedCrc32c(bytes.subarray(at, at + 8)));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(data));
    records.push(data);
    at += 16 + length;
  }
  expect(records).toHaveLength(3);
  expect(records[1]?.subarray(9).toString('hex')).toBe('10073a020801'); // step 7, session_log { status START }
  expect(records[2]?.includes('loss')).toBe(true);
});
