import type { Condition, Generator, Prior } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { describeGenerator } from '../metadata.ts'
import type { WeightPrecision } from '../weights.ts'
import { encodeModel } from './encode.ts'
import { createGraph, type Port, type Side } from './graph.ts'
import { FixedSizeNeeded, type Value } from './layer.ts'
import { readWeights, type WeightNumbers, writeNetwork } from './write-network.ts'

export interface OnnxOptions {
  /** 'float16' rounds weights to 16 bits, half the bytes; what is computed stays in 32. Default 'float32'. */
  readonly precision?: WeightPrecision
  /** What it is, for people. Default 'a generator'. */
  readonly title?: string
  /** What the file's metadata say beside what is known of a generator: 'app', 'seed', 'licence'. */
  readonly metadata?: Readonly<Record<string, string>>
}

/**
 * A generator as the bytes of a .onnx file, opset 17. Images lie as ONNX has them, [n, channels, height, width], among inputs and
 * outputs alike; all else is [n, numbers]. Inputs are `noise` and `condition`, as the generator has them, and the output `samples`; of a
 * generator of sequences `tokens` and `logits`. Any number of samples goes in at once, and images of any size where the
 * network is convolutional from end to end.
 * @throws GankitError that names a layer which can't be written, for a weight beyond the range of 16 bits, and for a model whose inputs
 *   or output are not those that the generator says
 */
export async function exportOnnx(
  generator: Generator,
  { precision = 'float32', title = 'a generator', metadata = {} }: OnnxOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const description = describeGenerator(generator)
  const numbers = await readWeights(generator.model)
  const isHalf = precision === 'float16'
  const isImage = generator.sampleShape.length === 3
  const { nodes, tensors, inputs, outputs } = writeGraph(generator, numbers, isHalf)
  return encodeModel({
    name: 'generator',
    about: title,
    nodes,
    tensors,
    inputs,
    outputs,
    metadata: {
      title,
      ...(isImage && { layout: 'NCHW', sample_range: '-1,1' }),
      ...metadata,
      gankit: JSON.stringify(description),
    },
  })
}

/** With sides of images left open where the network allows it. */
function writeGraph(generator: Generator, numbers: WeightNumbers, isHalf: boolean) {
  try {
    return writePorts(generator, numbers, isHalf, generator.condition?.kind === 'image')
  } catch (error) {
    if (!(error instanceof FixedSizeNeeded)) throw error
    return writePorts(generator, numbers, isHalf, false)
  }
}

function writePorts(generator: Generator, numbers: WeightNumbers, isHalf: boolean, isOpen: boolean) {
  const { model, output } = generator
  const isSequence = output?.kind === 'sequence'
  const roles = [
    ...(isSequence ? (['tokens'] as const) : generator.noise ? (['noise'] as const) : []),
    ...(generator.condition ? (['condition'] as const) : []),
  ]
  const made = isSequence ? 'logits' : 'samples'
  const graph = createGraph([...roles, made], isHalf)
  const values = roles.map((name, i): Value => {
    const { shape } = model.inputs[i]!
    return { name, shape, isOpen: isOpen && shape.length === 4 }
  })
  const [result] = writeNetwork(model, values, graph, numbers) as [Value]
  graph.add('Identity', [result.name], 'result')
  const last = graph.nodes.at(-1)!
  const nodes = [...graph.nodes.slice(0, -1), { ...last, outputs: [made] }]
  const inputs = values.map(({ name, ...value }, i): Port => {
    const isTokens = name === 'tokens' || (name === 'condition' && generator.condition!.kind === 'tokens')
    return {
      name,
      type: isTokens ? 'int32' : 'float32',
      shape: toSides(value, model.inputs[i]!, ''),
      about: describeInput(generator, name as (typeof roles)[number]),
    }
  })
  const outputs: Port[] = [
    {
      name: made,
      type: 'float32',
      shape: toSides(result, model.outputs[0]!, 'output_'),
      about: describeOutput(generator),
    },
  ]
  return { nodes, tensors: graph.tensors, inputs, outputs }
}

/** The sides of a value in the graph, by name where they are open. */
function toSides({ isOpen }: Pick<Value, 'isOpen'>, { shape }: tf.SymbolicTensor, prefix: string): Side[] {
  const [, ...sides] = shape
  if (sides.length !== 3) return ['n', ...sides.map((side, i) => side ?? `${prefix}side_${i + 1}`)]
  const [height, width, channels] = sides
  const open = (side: number | null, name: string) => (isOpen || side === null ? `${prefix}${name}` : side)
  return ['n', channels!, open(height!, 'height'), open(width!, 'width')]
}

function describeInput({ noise, condition }: Generator, role: 'noise' | 'condition' | 'tokens'): string {
  if (role === 'tokens') return 'the tokens so far, shifted right by one, the start token first'
  return role === 'noise' ? describePrior(noise!.prior) : describeCondition(condition!)
}

function describePrior(prior: Prior): string {
  return prior.name === 'normal'
    ? `numbers of a normal distribution with mean ${prior.mean} and standard deviation ${prior.std}`
    : `numbers of a uniform distribution from ${prior.min} to ${prior.max}`
}

function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'categories':
      return `one-hot numbers, 1 at the place of a value and 0 elsewhere: ${condition.attributes
        .map(({ name, values }) => `${name} (${values.join(', ')})`)
        .join(', then ')}`
    case 'image':
      return 'an image in [-1, 1], channels first'
    case 'tokens':
      return condition.words
        ? 'numbers of words, 0 behind the last one and 1 for unknown ones; the words are in the metadata `gankit`'
        : 'token numbers'
    case 'vector':
      return 'a vector of numbers'
  }
}

function describeOutput({ sampleShape, output }: Generator): string {
  if (output?.kind === 'sequence') return 'logits of the token at each place'
  return sampleShape.length === 3 ? 'images in [-1, 1], channels first' : 'samples'
}
