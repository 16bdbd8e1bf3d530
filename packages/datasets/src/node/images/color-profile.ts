import type { Metadata, Sharp } from 'sharp'
import type { ImageSettings } from '../../images/image-options.ts'

/** Who brings a picture's colors to sRGB: sharp, a step of its own, or nobody, as its profile is none. */
type Conversion = 'sharp' | 'own' | 'none'

/**
 * sharp gets some colors wrong: it takes pictures of 16 bits through a wider color space and leaves them there, also where
 * their profile is broken, and drops the profiles of gray pictures of 16 bits or with alpha.
 */
export function chooseConversion({ space, channels, icc }: Metadata): Conversion {
  const isGray = space === 'b-w' || space === 'grey16'
  const isConcerned = space === 'rgb16' || space === 'grey16' || (space === 'b-w' && channels === 2)
  if (!isConcerned || icc === undefined) return 'sharp'
  return isProfileOf(icc, isGray ? 'GRAY' : 'RGB ') ? 'own' : 'none'
}

/**
 * Draws a sample of a picture that was opened without its profile: littleCMS takes its numbers, 16 bits or 8, straight to sRGB,
 * and then it is laid on the background.
 * @returns [height, width, 3] bytes
 */
export async function drawByProfile(
  picture: Sharp,
  { space }: Metadata,
  { background }: ImageSettings,
): Promise<Uint8Array> {
  const { data, info } = await picture
    .toColorspace(space!)
    .withIccProfile('srgb')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true })
  // A copy begins at an even address.
  const levels = new Uint16Array(Uint8Array.from(data).buffer)
  const most = space === 'b-w' ? 255 : 65535
  const { channels } = info
  const sample = new Uint8Array((levels.length / channels) * 3)
  for (let from = 0, to = 0; from < levels.length; from += channels, to += 3) {
    const alpha = channels % 2 === 0 ? levels[from + channels - 1]! / most : 1
    for (let c = 0; c < 3; c++) {
      const level = (255 * levels[from + (channels > 2 ? c : 0)]!) / most
      sample[to + c] = Math.round(level * alpha + background[c]! * (1 - alpha))
    }
  }
  return sample
}

/** Whether these bytes are a profile of this color space with the tags that make it one (ICC.1:2022, 7.2 and 8). */
function isProfileOf(icc: Uint8Array, space: 'GRAY' | 'RGB '): boolean {
  if (icc.length < 132) return false
  const view = new DataView(icc.buffer, icc.byteOffset, icc.length)
  const text = (at: number) => String.fromCharCode(...icc.subarray(at, at + 4))
  if (text(36) !== 'acsp' || text(16) !== space) return false
  const names = new Set<string>()
  for (let i = 0, at = 132; i < view.getUint32(128) && at + 12 <= icc.length; i++, at += 12) {
    const end = view.getUint32(at + 4) + view.getUint32(at + 8)
    if (end <= icc.length) names.add(text(at))
  }
  const matrix = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC']
  const needed = space === 'GRAY' ? ['kTRC'] : matrix
  return names.has('A2B0') || needed.every(name => names.has(name))
}
