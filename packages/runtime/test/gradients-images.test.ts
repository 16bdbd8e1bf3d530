import * as tf from '@tensorflow/tfjs'
import { test } from 'vitest'
import { patchGradients } from '../src/index.ts'
import { expectGradients, spread } from './gradients-of.ts'

patchGradients()

type Images = tf.Tensor4D
const images = spread([2, 6, 6, 2])
const matrix = spread([3, 4])
const row = spread([4], -0.8, 1.3)
const filter = (shape: number[]) => spread(shape, -1, 1) as Images
const squared = (x: tf.Tensor) => x.square() as Images

const functions: Record<string, [f: (x: tf.Tensor) => tf.Tensor, at?: tf.Tensor]> = {
  'max pooling': [x => tf.maxPool(squared(x), 2, 2, 'valid')],
  'max pooling of windows that overlap': [x => tf.maxPool(squared(x), 3, 2, 'same')],
  'average pooling': [x => tf.avgPool(squared(x), 2, 2, 'valid')],
  'average pooling of windows that overlap': [x => tf.avgPool(squared(x), 3, 2, 'valid')],
  'average pooling, padded': [x => tf.avgPool(squared(x), [3, 2], [2, 1], 'same')],
  'average pooling, padded by a number': [x => tf.avgPool(squared(x), 3, 2, 1, 'floor')],
  'nearest neighbours, doubled': [x => tf.image.resizeNearestNeighbor(squared(x), [12, 12])],
  'nearest neighbours, 2 and 3 times': [x => tf.image.resizeNearestNeighbor(squared(x), [12, 18])],
  'nearest neighbours, any size': [x => tf.image.resizeNearestNeighbor(squared(x), [9, 4])],
  'nearest neighbours, corners aligned': [
    x => tf.image.resizeNearestNeighbor(squared(x), [9, 11], true, false),
  ],
  'nearest neighbours by centres': [x => tf.image.resizeNearestNeighbor(squared(x), [9, 11], false, true)],
  'bilinear, up': [x => tf.image.resizeBilinear(squared(x), [9, 11])],
  'bilinear, images that are no squares': [
    x => tf.image.resizeBilinear(squared(x.reshape([2, 4, 9, 2])), [8, 18]),
  ],
  'bilinear, down': [x => tf.image.resizeBilinear(squared(x), [3, 4])],
  'bilinear, corners aligned': [x => tf.image.resizeBilinear(squared(x), [9, 11], true)],
  'bilinear by centres': [x => tf.image.resizeBilinear(squared(x), [9, 4], false, true)],
  depthToSpace: [x => tf.depthToSpace(squared(x.reshape([2, 6, 3, 4])), 2)],
  spaceToBatchND: [
    x =>
      tf.spaceToBatchND(
        squared(x),
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
  ],
  'mirrorPad, reflect': [
    x =>
      tf.mirrorPad(
        x.square(),
        [
          [1, 2],
          [2, 1],
        ],
        'reflect',
      ),
    matrix,
  ],
  'mirrorPad, symmetric': [
    x =>
      tf.mirrorPad(
        x.square(),
        [
          [1, 3],
          [0, 4],
        ],
        'symmetric',
      ),
    matrix,
  ],
  pad: [
    x =>
      tf.pad(
        x.square(),
        [
          [1, 2],
          [0, 1],
        ],
        3,
      ),
    matrix,
  ],
  tile: [x => tf.tile(x.square(), [2, 3]), matrix],
  broadcastTo: [x => tf.broadcastTo(x.square(), [2, 3, 4]), row],
  concat: [x => tf.concat([x.square(), x], 1), matrix],
  stack: [x => tf.stack([x.square(), x]), matrix],
  unstack: [x => tf.unstack(x.square())[1]!, matrix],
  split: [x => tf.split(x.square(), 2, 1)[1]!, matrix],
  slice: [x => tf.slice(x.square(), [1, 1], [2, 2]), matrix],
  reverse: [x => x.square().reverse(1), matrix],
  transpose: [x => x.square().transpose(), matrix],
  gather: [x => tf.gather(x.square(), tf.tensor1d([2, 0, 2], 'int32')), matrix],
  'a product of itself': [x => tf.matMul(x, x, false, true), matrix],
  conv2d: [x => tf.conv2d(x as Images, filter([3, 3, 2, 3]), 2, 'same').square()],
  "conv2d's filter": [
    w => tf.conv2d(images as Images, w as Images, 2, 'same').square(),
    filter([3, 3, 2, 2]),
  ],
  conv2dTranspose: [
    x => tf.conv2dTranspose(x as Images, filter([3, 3, 3, 2]), [2, 12, 12, 3], 2, 'same').square(),
  ],
  "conv2dTranspose's filter": [
    w => tf.conv2dTranspose(images as Images, w as Images, [2, 12, 12, 2], 2, 'same').square(),
    filter([3, 3, 2, 2]),
  ],
  depthwiseConv2d: [x => tf.depthwiseConv2d(x as Images, filter([3, 3, 2, 2]), 1, 'same').square()],
  "depthwiseConv2d's filter": [
    w => tf.depthwiseConv2d(images as Images, w as Images, 1, 'same').square(),
    filter([3, 3, 2, 2]),
  ],
}

for (const [name, [f, at = images]] of Object.entries(functions))
  test(`first- and second-order gradients of ${name} are those of finite differences`, () =>
    expectGradients(f, at))
