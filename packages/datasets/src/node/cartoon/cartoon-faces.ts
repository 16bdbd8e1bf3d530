import type { Dataset } from '@gankit/core'
import { type FaceOptions, faceSettings } from '../../cartoon/options.ts'
import { openPacked } from '../packed/open.ts'
import type { PackOptions } from '../packed/options.ts'
import { facePlan } from './face-plan.ts'

/**
 * Faces drawn by DiceBear's styles, in colour and from the front, with what each has as attributes. They are drawn on
 * all cores the first time, and come from the cache on the disk afterwards. Batches are float32 [n, size, size, 3] in
 * [−1, 1].
 * @throws GankitError for options out of range, and where the cache can't be kept
 */
export async function cartoonFaces(options: FaceOptions & PackOptions = {}): Promise<Dataset> {
  return await openPacked(facePlan(faceSettings(options)), options)
}
