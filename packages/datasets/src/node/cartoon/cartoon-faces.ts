import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Dataset } from '@gankit/core'
import { listAttributes } from '../../cartoon/choose-face.ts'
import { drawingVersion } from '../../cartoon/draw-face.ts'
import {
  type FaceOptions,
  type FaceSettings,
  findFaceShape,
  parseFaceOptions,
} from '../../cartoon/face-options.ts'
import { stylesByName } from '../../cartoon/styles.ts'
import { openPacked } from '../packed/open.ts'
import type { PackOptions, PackPlan } from '../packed/plan.ts'
import { type DrawingPool, startDrawingPool } from './drawing-pool.ts'

/**
 * Faces drawn by DiceBear's styles, in color and from the front, with their traits as attributes. The first call draws them
 * on all cores; later calls read them from the cache on the disk. Batches are float32 [n, size, size, 3] in [−1, 1].
 * @throws GankitError for options out of range, and where the cache can't be written
 */
export async function cartoonFaces(options: FaceOptions & PackOptions = {}): Promise<Dataset> {
  return await openPacked(createFacePlan(parseFaceOptions(options)), options)
}

/** The plan of the packed cache of a set of faces; the first face starts the threads. */
export function createFacePlan(settings: FaceSettings): PackPlan {
  const { count, size, seed, style, drawing, reduce, noise, colorCast } = settings
  let pool: Promise<DrawingPool> | undefined
  return {
    name: `cartoon-${style}-${drawing === 'picture' ? '' : `${drawing}-`}${size}`,
    identity: {
      kind: 'cartoon faces',
      style,
      seed,
      size,
      count,
      drawing: drawingVersion,
      ...(drawing !== 'picture' && { as: drawing }),
      ...(reduce > 1 && { reduce }),
      ...(noise > 0 && { noise }),
      ...(colorCast > 0 && { colorCast }),
      renderer: readVersion('@resvg/resvg-wasm'),
      drawings: readVersion(`@dicebear/${style}`),
    },
    // Faces depend on nothing but the identity.
    sources: '',
    sampleShape: findFaceShape(settings),
    count,
    attributes: listAttributes(stylesByName[style]),
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

/** The version of a dependency, found without its `exports`, which may hide package.json. */
function readVersion(name: string): string {
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
