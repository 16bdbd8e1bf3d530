import type { LayerWriter } from '../layer.ts'
import { activationWriters } from './activations.ts'
import { writeConv1d, writeConv2d, writeConv2dTranspose } from './convolutions.ts'
import { writeDense, writeEmbedding } from './dense.ts'
import { elementwise, writeConcatenate } from './merges.ts'
import {
  writeAdaptiveInstanceNormalization,
  writeBatchNormalization,
  writeInstanceNormalization,
  writeLayerNormalization,
  writePixelNormalization,
} from './normalizations.ts'
import { writeRadialBasis } from './radial-basis.ts'
import { writeSelfAttention } from './self-attention.ts'
import {
  globalPooling,
  writeCropping,
  writeFlatten,
  writePixelShuffle,
  writeReflectionPadding,
  writeReshape,
  writeUpSampling,
  writeZeroPadding,
} from './shapes.ts'
import { writeSpectralNormalization } from './spectral.ts'

/** A layer that changes nothing outside training. */
const writeNothing: LayerWriter = ({ inputs }) => inputs[0]!.name

/** How each class of layers is written as operators of ONNX. A new layer is a function and a line here. */
export const layerWriters: Readonly<Record<string, LayerWriter>> = {
  ...activationWriters,
  Dense: writeDense,
  Embedding: writeEmbedding,
  Conv1D: writeConv1d,
  Conv2D: writeConv2d,
  Conv2DTranspose: writeConv2dTranspose,
  BatchNormalization: writeBatchNormalization,
  LayerNormalization: writeLayerNormalization,
  '@gankit/layers>InstanceNormalization': writeInstanceNormalization,
  '@gankit/layers>AdaptiveInstanceNormalization': writeAdaptiveInstanceNormalization,
  '@gankit/layers>PixelNormalization': writePixelNormalization,
  '@gankit/layers>SpectralNormalization': writeSpectralNormalization(className =>
    ['Dense', 'Conv2D', 'Conv2DTranspose'].includes(className) ? layerWriters[className] : undefined,
  ),
  '@gankit/layers>SelfAttention': writeSelfAttention,
  '@gankit/layers>RadialBasis': writeRadialBasis,
  Reshape: writeReshape,
  Flatten: writeFlatten,
  Cropping2D: writeCropping,
  ZeroPadding2D: writeZeroPadding,
  '@gankit/layers>ReflectionPadding': writeReflectionPadding,
  UpSampling2D: writeUpSampling,
  '@gankit/layers>PixelShuffle': writePixelShuffle,
  GlobalAveragePooling2D: globalPooling('ReduceMean'),
  GlobalMaxPooling2D: globalPooling('ReduceMax'),
  GlobalAveragePooling1D: globalPooling('ReduceMean'),
  GlobalMaxPooling1D: globalPooling('ReduceMax'),
  Concatenate: writeConcatenate,
  Add: elementwise('Add'),
  Multiply: elementwise('Mul'),
  Maximum: elementwise('Max'),
  Minimum: elementwise('Min'),
  Rescaling({ name, config, inputs }, graph) {
    const scaled = graph.add(
      'Mul',
      [inputs[0]!.name, graph.number(Number(config['scale']))],
      `${name}_scaled`,
    )
    return graph.add('Add', [scaled, graph.number(Number(config['offset'] ?? 0))], name)
  },
  Dropout: writeNothing,
  GaussianNoise: writeNothing,
  GaussianDropout: writeNothing,
  ActivityRegularization: writeNothing,
}
