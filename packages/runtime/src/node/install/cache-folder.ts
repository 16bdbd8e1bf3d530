import { join } from 'node:path'
import { cacheFolder, type Surroundings } from '@gankit/core/node'

/** Where native TensorFlow is kept: `native` in gankit's cache folder. */
export function nativeCacheFolder(surroundings?: Surroundings): string {
  return join(cacheFolder(surroundings), 'native')
}
