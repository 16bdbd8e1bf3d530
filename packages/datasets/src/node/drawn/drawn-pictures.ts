import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Dataset } from '@gankit/core'
import { type BirdOptions, type BirdSettings, parseBirdOptions } from '../../birds/bird-options.ts'
import { birdVersion } from '../../birds/draw-bird.ts'
import { drawingVersion } from '../../cartoon/draw-face.ts'
import { type FaceOptions, type FaceSettings, parseFaceOptions } from '../../cartoon/face-options.ts'
import { findDrawnShape } from '../../drawn/drawn-options.ts'
import { type DrawnSet, listDrawnAttributes } from '../../drawn/drawn-set.ts'
import { openPacked } from '../packed/open.ts'
import type { PackOptions, PackPlan } from '../packed/plan.ts'
import { type DrawingPool, startDrawingPool } from './drawing-pool.ts'

/**
 * Faces drawn by DiceBear's styles, in color and from the front, with their traits as attributes. The first call draws them
 * on all cores; later calls read them from the cache on the disk. Batches are float32 [n, size, size, 3] in [−1, 1].
 * @throws GankitError for options out of range, and where the cache can't be written
 */
export async function cartoonFaces(options: FaceOptions & PackOptions = {}): Promise<Dataset> {
  return openPacked(createDrawnPlan({ subject: 'faces', settings: parseFaceOptions(options) }), options)
}

/**
 * Birds of this package's own drawing, from the side, with their traits as attributes. The first call draws them on all cores;
 * later calls read them from the cache on the disk. Batches are float32 [n, size, size, 3] in [−1, 1].
 * @throws GankitError for options out of range, and where the cache can't be written
 */
export async function birds(options: BirdOptions & PackOptions = {}): Promise<Dataset> {
  return openPacked(createDrawnPlan({ subject: 'birds', settings: parseBirdOptions(options) }), options)
}

/** The plan of the packed cache of drawn pictures; the first picture starts the threads. */
export function createDrawnPlan(set: DrawnSet): PackPlan {
  let pool: Promise<DrawingPool> | undefined
  return {
    ...(set.subject === 'faces' ? identifyFaces(set.settings) : identifyBirds(set.settings)),
    // Drawings depend on nothing but the identity.
    sources: '',
    sampleShape: findDrawnShape(set.settings),
    count: set.settings.count,
    attributes: listDrawnAttributes(set),
    async make(from, to) {
      pool ??= startDrawingPool(set)
      return await (await pool).draw(from, to)
    },
    async end() {
      const started = await pool?.catch(() => undefined)
      pool = undefined
      await started?.end()
    },
  }
}

type Identified = Pick<PackPlan, 'name' | 'identity'>

function identifyFaces(settings: FaceSettings): Identified {
  const { count, size, seed, style, drawing, reduce, noise, colorCast } = settings
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
  }
}

function identifyBirds({ count, size, seed, reduce }: BirdSettings): Identified {
  return {
    name: `birds-${size}`,
    identity: {
      kind: 'birds',
      seed,
      size,
      count,
      drawing: birdVersion,
      ...(reduce > 1 && { reduce }),
      renderer: readVersion('@resvg/resvg-wasm'),
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
