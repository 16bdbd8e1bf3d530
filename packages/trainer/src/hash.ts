import { allWeights, sha256 } from '@gankit/core'
import type { Networks } from './game/game.ts'

/**
 * SHA-256 over every weight of named networks: for each, in the order of names, its name and its float32 bytes. Two runs
 * with equal hashes hold equal networks, statistics of batch norm included.
 */
export async function hashWeights(networks: Networks): Promise<string> {
  const parts: BlobPart[] = []
  for (const [network, model] of sortByName(Object.entries(networks)))
    for (const [name, weight] of sortByName([...allWeights(model)])) {
      parts.push(new TextEncoder().encode(`${network}/${name}\0`))
      const { buffer, byteOffset, byteLength } = await weight.data<'float32'>()
      parts.push(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
    }
  return sha256(new Blob(parts))
}

function sortByName<Value>(entries: [name: string, value: Value][]): [name: string, value: Value][] {
  return entries.sort(([a], [b]) => (a < b ? -1 : 1))
}
