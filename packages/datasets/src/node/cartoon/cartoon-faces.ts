import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Dataset } from '@gankit/core'
import { attributesOf } from '../../cartoon/choose-face.ts'
import { drawingVersion } from '../../cartoon/draw-face.ts'
import type { FaceSettings } from '../../cartoon/face-options.ts'
import { type FaceOptions, faceSettings } from '../../cartoon/face-options.ts'
import { stylesByName } from '../../cartoon/styles.ts'
import { openPacked } from '../packed/open.ts'
import type { PackOptions, PackPlan } from '../packed/plan.ts'
import { type DrawingPool, startDrawingPool } from './drawing-pool.ts'

/**
 * Faces drawn by DiceBear's styles, in colour and from the front, with what each has as attributes. They are drawn on
 * all cores the first time, and come from the cache on the disk afterwards. Batches are float32 [n, size, size, 3] in
 * [−1, 1].
 * @throws GankitError for options out of range, and where the cache can't be kept
 */
export async function cartoonFaces(options: FaceOptions & PackOptions = {}): Promise<Dataset> {
  return await openPacked(facePlan(faceSettings(options)), options)
}

/** How the packed cache of a set of faces is made; threads are started when the first face is asked for. */
export function facePlan(settings: FaceSettings): PackPlan {
  const { count, size, seed, style } = settings
  let pool: Promise<DrawingPool> | undefined
  return {
    name: `cartoon-${style}-${size}`,
    identity: {
      kind: 'cartoon faces',
      style,
      seed,
      size,
      count,
      drawing: drawingVersion,
      renderer: versionOf('@resvg/resvg-wasm'),
      drawings: versionOf(`@dicebear/${style}`),
    },
    // Drawn from nothing but the identity.
    sources: '',
    sampleShape: [size, size, 3],
    count,
    attributes: attributesOf(stylesByName[style]),
    async make(from, to) {
      pool ??= startDrawingPool(settings)
      return await (await pool).draw(from, to)
    },
    async end() {
      const started = await pool?.catch(() => undefined)
      pool = undefined
      await started?.end()
    },
  }
}

/** The version of a dependency, which need not export its package.json. */
function versionOf(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  for (const folder of folders) {
    try {
      return JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')).version
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return 'bundled'
}
