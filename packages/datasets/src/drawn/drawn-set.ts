import type { Attribute } from '@gankit/core'
import type { BirdSettings } from '../birds/bird-options.ts'
import { birdAttributes, chooseBird } from '../birds/choose-bird.ts'
import { drawBird } from '../birds/draw-bird.ts'
import { chooseFace, listAttributes } from '../cartoon/choose-face.ts'
import { drawFace } from '../cartoon/draw-face.ts'
import type { FaceSettings } from '../cartoon/face-options.ts'
import { stylesByName } from '../cartoon/styles.ts'
import type { DrawnPicture } from './renderer.ts'

/** Pictures that are drawn by their numbers, as plain data, so that a thread can be told of them. */
export type DrawnSet =
  | { readonly subject: 'faces'; readonly settings: FaceSettings }
  | { readonly subject: 'birds'; readonly settings: BirdSettings }

/** The attributes of the pictures of a set. */
export function listDrawnAttributes({ subject, settings }: DrawnSet): readonly Attribute[] {
  return subject === 'faces' ? listAttributes(stylesByName[settings.style]) : birdAttributes
}

/** The values of picture `index`, which isn't drawn for it: for each attribute an index. */
export function chooseValues({ subject, settings }: DrawnSet, index: number): Uint8Array {
  const { seed } = settings
  return subject === 'faces'
    ? chooseFace(stylesByName[settings.style], seed, index).attributes
    : chooseBird(seed, index).attributes
}

/** Draws picture `index` of a set; await `startRenderer` before. */
export function drawPicture({ subject, settings }: DrawnSet, index: number): DrawnPicture {
  return subject === 'faces' ? drawFace(settings, index) : drawBird(settings, index)
}
