import type { OpType } from '../op-types.ts';
import { Abs } from './abs.ts';
import { Add } from './add.ts';
import { And } from './and.ts';
import { ArgMax } from './arg-max.ts';
import { Cast } from './cast.ts';
import { Concat } from './concat.ts';
import { ConstantOfShape } from './constant-of-shape.ts';
import { Conv } from './conv.ts';
import { ConvTranspose } from './conv-transpose.ts';
import { Cos } from './cos.ts';
import { CumSum } from './cum-sum.ts';
import { DequantizeLinear } from './dequantize-linear.ts';
import { Div } from './div.ts';
import { Equal } from './equal.ts';
import { Erf } from './erf.ts';
import { Exp } from './exp.ts';
import { Expand } from './expand.ts';
import { FusedMatMul } from './fused-mat-mul.ts';
import { Gather } from './gather.ts';
import { GatherElements } from './gather-elements.ts';
import { GatherND } from './gather-nd.ts';
import { Gelu } from './gelu.ts';
import { Greater } from './greater.ts';
import { GroupQueryAttention } from './group-query-attention.ts';
import { Identity } from './identity.ts';
import { LayerNormalization } from './layer-normalization.ts';
import { Less } from './less.ts';
import { Log } from './log.ts';
import { LogSoftmax } from './log-softmax.ts';
import { MatMul } from './mat-mul.ts';
import { MatMulNBits } from './mat-mul-n-bits.ts';
import { Max } from './max.ts';
import { Min } from './min.ts';
import { Mul } from './mul.ts';
import { Neg } from './neg.ts';
import { Not } from './not.ts';
import { Or } from './or.ts';
import { Pad } from './pad.ts';
import { Pow } from './pow.ts';
import { Range } from './range.ts';
import { Reciprocal } from './reciprocal.ts';
import { ReduceMax } from './reduce-max.ts';
import { ReduceMean } from './reduce-mean.ts';
import { ReduceSum } from './reduce-sum.ts';
import { Relu } from './relu.ts';
import { Reshape } from './reshape.ts';
import { ScatterElements } from './scatter-elements.ts';
import { ScatterND } from './scatter-nd.ts';
import { Shape } from './shape.ts';
import { Sigmoid } from './sigmoid.ts';
import { SimplifiedLayerNormalization } from './simplified-layer-normalization.ts';
import { Sin } from './sin.ts';
import { Slice } from './slice.ts';
import { Softmax } from './softmax.ts';
import { SoftmaxCrossEntropyLoss } from './softmax-cross-entropy-loss.ts';
import { Split } from './split.ts';
import { Sqrt } from './sqrt.ts';
import { Sub } from './sub.ts';
import { Tanh } from './tanh.ts';
import { Transpose } from './transpose.ts';
import { Trilu } from './trilu.ts';
import { Where } from './where.ts';

/** Every operator by its ONNX name; complete by type. */
export const registry = {
  Abs,
  Add,
  And,
  ArgMax,
  Cast,
  Concat,
  ConstantOfShape,
  ConvTranspose,
  Conv,
  Cos,
  CumSum,
  DequantizeLinear,
  Div,
  Equal,
  Erf,
  Exp,
  Expand,
  FusedMatMul,
  GatherElements,
  GatherND,
  Gather,
  Gelu,
  Greater,
  GroupQueryAttention,
  Identity,
  LayerNormalization,
  Less,
  LogSoftmax,
  Log,
  MatMul,
  MatMulNBits,
  Max,
  Min,
  Mul,
  Neg,
  Not,
  Or,
  Pad,
  Pow,
  Range,
  Reciprocal,
  ReduceMax,
  ReduceMean,
  ReduceSum,
  Relu,
  Reshape,
  ScatterElements,
  ScatterND,
  Shape,
  Sigmoid,
  SimplifiedLayerNormalization,
  Sin,
  Slice,
  SoftmaxCrossEntropyLoss,
  Softmax,
  Split,
  Sqrt,
  Sub,
  Tanh,
  Transpose,
  Trilu,
  Where,
} satisfies { readonly [Type in OpType]: { readonly definition: { readonly type: OpType } } };
