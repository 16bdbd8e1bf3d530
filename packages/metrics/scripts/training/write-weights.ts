import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { toHalf } from '@gankit/core'
import { type ConvNet, type NetWeights, weightShapes } from '../../src/extractors/conv-net.ts'

/** Writes a net's weights, as 16-bit floats in base64, into a module with their SHA-256. @returns bytes and hash */
export async function writeWeights(
  file: string,
  title: string,
  net: ConvNet,
  weights: NetWeights,
): Promise<{ bytes: number; sha256: string }> {
  const parts: Uint8Array[] = []
  for (const name of weightShapes(net).keys()) parts.push(toHalf(await weights.get(name)!.data<'float32'>()))
  const bytes = Buffer.concat(parts)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(
    file,
    `${title}
export const halfBase64: string = '${bytes.toString('base64')}'
/** Of the bytes before base64. */
export const sha256: string = '${sha256}'
`,
  )
  return { bytes: bytes.length, sha256 }
}
