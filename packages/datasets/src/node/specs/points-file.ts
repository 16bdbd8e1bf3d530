import { type Distribution, GankitError } from '@gankit/core'
import { points } from '../../distributions/points.ts'
import { readText } from '../read-text.ts'

/** Reads points from a JSON file, [[x, y], …], as a distribution. @throws GankitError for anything else */
export async function readPointsFile(path: string): Promise<Distribution> {
  const fail = (what: string, cause?: unknown) =>
    new GankitError('datasets', 'data', `${path} ${what}, expected JSON such as [[0, 1], [2, 3.5]]`, {
      cause,
    })
  const text = await readText(path).catch((cause: NodeJS.ErrnoException) => {
    throw fail(`can't be read (${cause.code})`, cause)
  })
  let coordinates: unknown
  try {
    coordinates = JSON.parse(text)
  } catch (cause) {
    throw fail('is no JSON', cause)
  }
  const isPoint = (point: unknown) =>
    Array.isArray(point) && point.length === 2 && point.every(value => Number.isFinite(value))
  if (!Array.isArray(coordinates) || coordinates.length === 0 || !coordinates.every(isPoint))
    throw fail('is no list of points')
  return points(coordinates as [number, number][])
}
