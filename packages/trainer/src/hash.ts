import { allWeights, type Gan } from '@gankit/core'

/**
 * SHA-256 over every weight of both networks: for each, in the order of names, its name and its float32 bytes.
 * Two runs with equal hashes hold equal networks, statistics of batch norm included.
 */
export async function hashWeights({ generator, discriminator }: Gan): Promise<string> {
  const parts: Uint8Array[] = []
  for (const [role, model] of Object.entries({ discriminator, generator })) {
    const weights = [...allWeights(model)].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [name, weight] of weights) {
      parts.push(new TextEncoder().encode(`${role}/${name}\0`))
      const { buffer, byteOffset, byteLength } = await weight.data<'float32'>()
      parts.push(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
    }
  }
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts as BlobPart[]).arrayBuffer())
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
}
