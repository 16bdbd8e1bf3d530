import { protobuf, toHalf } from '@gankit/core'
import { type Attribute, dataTypes, type Node, type Port, type Side, type Tensor } from './graph.ts'

const { chosenFloat, joined, message, text, whole, wholes } = protobuf

/** Operators as they were in ONNX 1.12 of 2022, which every runtime in use has. */
export const operatorSet = 17
/** The version of the file format that came with these operators. */
const formatVersion = 8

/** A graph and what a file says of it. */
export interface OnnxModel {
  readonly name: string
  readonly about: string
  readonly nodes: readonly Node[]
  readonly tensors: readonly Tensor[]
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  readonly metadata: Readonly<Record<string, string>>
}

// The numbers below are those of the fields in onnx.proto, version 8 of the format: github.com/onnx/onnx/blob/main/onnx/onnx.proto

/** The bytes of a .onnx file. @throws GankitError for a weight beyond the range of 16 bits */
export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const metadata = Object.entries(model.metadata).map(([key, value]) =>
    message(14, text(1, key), text(2, value)),
  )
  return joined(
    whole(1, formatVersion),
    text(2, 'gankit'),
    text(6, model.about),
    encodeGraph(model),
    message(8, text(1, ''), whole(2, operatorSet)),
    ...metadata,
  )
}

function encodeGraph({ name, nodes, tensors, inputs, outputs }: OnnxModel): protobuf.Fields {
  return message(
    7,
    ...nodes.map(encodeNode),
    text(2, name),
    ...tensors.map(encodeTensor),
    ...inputs.map(port => encodePort(11, port)),
    ...outputs.map(port => encodePort(12, port)),
  )
}

function encodeNode({ name, operator, inputs, outputs, attributes }: Node): protobuf.Fields {
  return message(
    1,
    ...inputs.map(input => text(1, input)),
    ...outputs.map(output => text(2, output)),
    text(3, name),
    text(4, operator),
    ...Object.entries(attributes).map(([key, value]) => message(5, text(1, key), ...encodeAttribute(value))),
  )
}

/** The value, and the number of its kind: `AttributeProto.AttributeType`. */
function encodeAttribute(value: Attribute): protobuf.Fields[] {
  if (typeof value === 'string') return [text(4, value), whole(20, 3)]
  if ('float' in value) return [chosenFloat(2, value.float), whole(20, 1)]
  if ('int' in value) return [wholes(3, [value.int]), whole(20, 2)]
  return [wholes(8, value), whole(20, 7)]
}

function encodeTensor({ name, shape, values, isHalf }: Tensor): protobuf.Fields {
  const [type, bytes] = toBytes(values, isHalf)
  return message(5, wholes(1, shape), whole(2, dataTypes[type]), text(8, name), message(9, bytes))
}

/** Numbers as bytes, the lowest first, as ONNX wants them and as all machines in use keep them. */
function toBytes(values: Tensor['values'], isHalf = false): [keyof typeof dataTypes, Uint8Array] {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  if (values instanceof BigInt64Array) return ['int64', bytes]
  return isHalf ? ['float16', toHalf(values)] : ['float32', bytes]
}

function encodePort(field: number, { name, type, shape, about }: Port): protobuf.Fields {
  const sides = shape.map(side => message(1, encodeSide(side)))
  const tensor = message(1, whole(1, dataTypes[type]), message(2, ...sides))
  return message(field, text(1, name), message(2, tensor), text(3, about))
}

function encodeSide(side: Side): protobuf.Fields {
  return typeof side === 'number' ? whole(1, side) : text(2, side)
}
