/**
 * Event files that TensorBoard reads: TFRecords of `tensorflow.Event` (event.proto and summary.proto of tensorboard),
 * of which only scalars are needed.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { maskedCrc32c } from './crc32c.ts';

/** Field number and wire type as protobuf has them. */
const tag = (field: number, wire: 0 | 1 | 2 | 5): number => (field << 3) | wire;

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
};

const number = (field: number, value: number): Buffer => Buffer.from([tag(field, 0), ...varint(value)]);
const bytes = (field: number, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([tag(field, 2), ...varint(value.length)]), value]);
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));

function double(field: number, value: number): Buffer {
  const out = Buffer.alloc(9, tag(field, 1));
  out.writeDoubleLE(value, 1);
  return out;
}

function float(field: number, value: number): Buffer {
  const out = Buffer.alloc(5, tag(field, 5));
  out.writeFloatLE(value, 1);
  return out;
}

/** Length, its checksum, the data, their checksum. */
export function record(data: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  const checksum = (of: Buffer) => {
    const out = Buffer.alloc(4);
    out.writeUInt32LE(maskedCrc32c(of));
    return out;
  };
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

/** The first record of every file. */
export const versionEvent = (wallSeconds: number): Buffer =>
  Buffer.concat([double(1, wallSeconds), text(3, 'brain.Event:2')]);

/** Says that a run (re)starts here: TensorBoard drops what it read of later steps. SessionLog.START is 1. */
export const startEvent = (wallSeconds: number, step: number): Buffer =>
  Buffer.concat([double(1, wallSeconds), number(2, step), bytes(7, number(1, 1))]);

export function scalarsEvent(
  wallSeconds: number,
  step: number,
  values: Readonly<Record<string, number>>,
): Buffer {
  const summary = Object.entries(values).map(([name, value]) =>
    bytes(1, Buffer.concat([text(1, name), float(2, value)])),
  );
  return Buffer.concat([double(1, wallSeconds), number(2, step), bytes(5, Buffer.concat(summary))]);
}

export interface EventWriter {
  /** Begins a file of its own. */
  start(step: number): void;
  scalars(step: number, values: Readonly<Record<string, number>>): void;
}

/** Writes `events.out.tfevents.TIME.xllm` into the folder; a run that resumes adds a file. */
export function createEventWriter(directory: string, now: () => number = Date.now): EventWriter {
  let file = '';
  return {
    start(step) {
      mkdirSync(directory, { recursive: true });
      file = join(directory, `events.out.tfevents.${now()}.xllm`);
      const events = [versionEvent(now() / 1000), startEvent(now() / 1000, step)];
      appendFileSync(file, Buffer.concat(events.map(record)));
    },
    scalars: (step, values) => appendFileSync(file, record(scalarsEvent(now() / 1000, step, values))),
  };
}
