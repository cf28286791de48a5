/** Tiny models for this package's tests, written straight as ModelProto. */
import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import { codeOf, type DType } from './dtype.ts';

type Shape = readonly (number | string)[];
/** `[dtype, shape]` by name. */
type Values = Readonly<Record<string, readonly [DType, Shape]>>;
/** An operator, its inputs, its outputs, integer attributes. */
type Node = readonly [string, readonly string[], readonly string[], Readonly<Record<string, number>>?];

interface External {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

export function model(
  inputs: Values,
  outputs: Values,
  nodes: readonly Node[],
  external: Readonly<Record<string, External>> = {},
): Uint8Array {
  const graph = create(GraphProtoSchema, {
    name: 'test',
    input: Object.entries(inputs).map(valueInfo),
    output: Object.entries(outputs).map(valueInfo),
    node: nodes.map(([opType, input, output, attributes = {}]) =>
      create(NodeProtoSchema, {
        opType,
        input: [...input],
        output: [...output],
        attribute: Object.entries(attributes).map(([name, value]) =>
          create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) }),
        ),
      }),
    ),
    initializer: Object.entries(external).map(([name, { dtype, shape, location, offset, length }]) =>
      create(TensorProtoSchema, {
        name,
        dataType: codeOf(dtype),
        dims: shape.map(BigInt),
        dataLocation: TensorProto_DataLocation.EXTERNAL,
        externalData: Object.entries({ location, offset: `${offset}`, length: `${length}` }).map(
          ([key, value]) => create(StringStringEntryProtoSchema, { key, value }),
        ),
      }),
    ),
  });
  const opset = create(OperatorSetIdProtoSchema, { domain: '', version: 21n });
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, { irVersion: 10n, opsetImport: [opset], graph }),
  );
}

function valueInfo([name, [dtype, shape]]: [string, readonly [DType, Shape]]) {
  const dim = shape.map((size) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        typeof size === 'string'
          ? { case: 'dimParam', value: size }
          : { case: 'dimValue', value: BigInt(size) },
    }),
  );
  const value = create(TypeProto_TensorSchema, {
    elemType: codeOf(dtype),
    shape: create(TensorShapeProtoSchema, { dim }),
  });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: 'tensorType', value } }),
  });
}

/** y = x + 1-like: out = a + b over float32 [n]. */
export function addModel(shape: Shape = ['n']): Uint8Array {
  return model({ a: ['float32', shape], b: ['float32', shape] }, { sum: ['float32', shape] }, [
    ['Add', ['a', 'b'], ['sum']],
  ]);
}

/** `steps` matrix products of [n, n] in a row, each some milliseconds: long, and cancellable between products. */
export function longModel(n: number, steps: number): Uint8Array {
  const nodes = Array.from(
    { length: steps },
    (_, i): Node => ['MatMul', [i === 0 ? 'x' : `y${i}`, 'w'], [i === steps - 1 ? 'y' : `y${i + 1}`]],
  );
  return model({ x: ['float32', [n, n]], w: ['float32', [n, n]] }, { y: ['float32', [n, n]] }, nodes);
}
