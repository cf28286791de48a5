import { create, toBinary } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  GraphProtoSchema,
  AttributeProto_AttributeType as Kind,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
  type TensorProto,
  TensorProto_DataLocation,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { Shape } from './dim.ts';
import { type DType, dtypeCodes } from './dtype.ts';
import type { Graph, Initializer, Node } from './graph.ts';
import type { Attribute } from './op.ts';

/** The ai.onnx opset the operators follow: Gelu (20) and ReduceMean with axes as input (18) need it. */
const opsetVersion = 21;
/** ONNX IR version that goes with that opset. */
const irVersion = 10;
/** Attributes the builder keeps for its own rules; ONNX must not see them. */
const internal = new Set(['dims', 'range', 'extent', 'output_shape']);

/**
 * The graph as the bytes of an ONNX ModelProto. Weights in memory are embedded; weights on disk stay
 * there as external data, named by absolute path without the leading slash, which is how ONNX Runtime
 * accepts them when its external-initialisers folder is `/`.
 */
export function toModel(graph: Graph): Uint8Array {
  const identities = graph.outputs.map(({ name, tensor }) =>
    create(NodeProtoSchema, {
      opType: 'Identity',
      name: `output/${name}`,
      input: [tensor.name],
      output: [name],
    }),
  );
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: BigInt(irVersion),
      producerName: 'x-llm',
      opsetImport: [
        create(OperatorSetIdProtoSchema, { domain: '', version: BigInt(opsetVersion) }),
        create(OperatorSetIdProtoSchema, { domain: 'com.microsoft', version: 1n }),
      ],
      graph: create(GraphProtoSchema, {
        name: graph.name,
        node: [...graph.nodes.map(nodeProto), ...identities],
        initializer: graph.initializers.map(initializerProto),
        input: graph.inputs.map((input) => valueInfo(input.name, input.dtype, input.shape)),
        output: graph.outputs.map(({ name, tensor }) => valueInfo(name, tensor.dtype, tensor.shape)),
      }),
    }),
  );
}

function nodeProto(node: Node) {
  const attributes = Object.entries(node.attributes).filter(
    (entry): entry is [string, Attribute] => entry[1] !== undefined && !internal.has(entry[0]),
  );
  return create(NodeProtoSchema, {
    opType: node.op.type,
    domain: node.op.domain ?? '',
    name: node.name,
    input: node.inputs.map((input) => input?.name ?? ''),
    output: node.outputs.map((output) => output.name),
    attribute: attributes.map(([name, value]) => attributeProto(node, name, value)),
  });
}

const text = new TextEncoder();

function attributeProto(node: Node, name: string, value: Attribute): AttributeProto {
  if (node.op.type === 'Cast' && name === 'to') {
    return create(AttributeProtoSchema, { name, type: Kind.INT, i: BigInt(dtypeCodes[value as DType]) });
  }
  if (typeof value === 'string')
    return create(AttributeProtoSchema, { name, type: Kind.STRING, s: text.encode(value) });
  if (typeof value === 'number')
    return create(AttributeProtoSchema, { name, type: Kind.INT, i: BigInt(value) });
  if (typeof value === 'boolean')
    return create(AttributeProtoSchema, { name, type: Kind.INT, i: value ? 1n : 0n });
  if ('float' in value) return create(AttributeProtoSchema, { name, type: Kind.FLOAT, f: value.float });
  return create(AttributeProtoSchema, { name, type: Kind.INTS, ints: value.map((item) => BigInt(item)) });
}

function initializerProto({ tensor, dtype, shape, data }: Initializer): TensorProto {
  const common = { name: tensor.name, dataType: dtypeCodes[dtype], dims: shape.map((dim) => BigInt(dim)) };
  if ('path' in data) {
    const entries = {
      location: data.path.replace(/^\/+/, ''),
      offset: String(data.offset),
      length: String(data.sizeBytes),
    };
    return create(TensorProtoSchema, {
      ...common,
      dataLocation: TensorProto_DataLocation.EXTERNAL,
      externalData: Object.entries(entries).map(([key, value]) =>
        create(StringStringEntryProtoSchema, { key, value }),
      ),
    });
  }
  return create(TensorProtoSchema, {
    ...common,
    rawData: new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength),
  });
}

function valueInfo(name: string, dtype: DType, shape: Shape): ValueInfoProto {
  const dims = shape.map((dim) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        typeof dim === 'number' ? { case: 'dimValue', value: BigInt(dim) } : { case: 'dimParam', value: dim },
    }),
  );
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, {
      value: {
        case: 'tensorType',
        value: create(TypeProto_TensorSchema, {
          elemType: dtypeCodes[dtype],
          shape: create(TensorShapeProtoSchema, { dim: dims }),
        }),
      },
    }),
  });
}
