// Compiles the modules and writes them as base64 into the packages that use them: the kernels into @gankit/runtime,
// four times, for memory of one thread or of several and for engines with and without relaxed SIMD; the conversion of
// bytes and the shrinking of pictures into @gankit/datasets, linear algebra into @gankit/metrics.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('..', import.meta.url))
const head = '// Made by `npm run compile-kernels` from packages/wasm-kernels.\n'

/** The files that hold compiled modules; `text` gives each as the sources make it. */
export const targets = [
  { file: join(here, '../runtime/src/wasm/modules.data.ts'), text: kernels },
  { file: join(here, '../datasets/src/dataset/unit-module.data.ts'), text: unit },
  { file: join(here, '../datasets/src/node/images/shrink-module.data.ts'), text: shrink },
  { file: join(here, '../metrics/src/linear/linear-module.data.ts'), text: linear },
]

function kernels() {
  const lines = ['own', 'shared'].flatMap(memory => [
    `  ${memory}: {`,
    ...['plain', 'relaxed'].map(rounding => `    ${rounding}: '${kernel(memory, rounding)}',`),
    '  },',
  ])
  return `${head}/** Base64, by the memory that the module imports and by whether it needs relaxed SIMD. */
export const modules: Readonly<Record<'own' | 'shared', Readonly<Record<'plain' | 'relaxed', string>>>> = {
${lines.join('\n')}
}
`
}

function kernel(memory, rounding) {
  const shared = memory === 'shared' ? ['--sharedMemory'] : []
  const relaxed = rounding === 'relaxed'
  return compiled('assembly/index.ts', [
    ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536', ...shared],
    ...['--enable', relaxed ? 'simd,threads,relaxed-simd' : 'simd,threads'],
    ...['--use', `RELAXED=${Number(relaxed)}`, '--use', `SHARED=${Number(memory === 'shared')}`],
  ])
}

function unit() {
  const module = compiled('assembly/unit.ts', [
    '--initialMemory',
    '1',
    '--maximumMemory',
    '1',
    '--enable',
    'simd',
  ])
  return `${head}/** Base64; it exports \`toUnit\` and a memory of 64 KiB that it works in, and needs SIMD. */
export const unitModule: string = '${module}'
`
}

function shrink() {
  const module = compiled('assembly/shrink.ts', [
    '--initialMemory',
    '1',
    '--maximumMemory',
    '256',
    '--enable',
    'simd',
  ])
  return `${head}/** Base64; it exports \`mixLines\`, \`mixPixels\` and the memory that they work in, and needs SIMD. */
export const shrinkModule: string = '${module}'
`
}

function linear() {
  const module = compiled('assembly/linear.ts', [
    '--initialMemory',
    '1',
    '--maximumMemory',
    '16384',
    '--enable',
    'simd',
  ])
  return `${head}/** Base64; it exports \`products\`, \`tridiagonal\`, \`pivotedCholesky\` and the memory that they work in, and needs SIMD. */
export const linearModule: string = '${module}'
`
}

/** @returns the module in base64 */
function compiled(entry, words) {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-kernels-'))
  try {
    const file = join(folder, 'module.wasm')
    const asc = fileURLToPath(new URL('bin/asc.js', import.meta.resolve('assemblyscript/package.json')))
    const all = [asc, entry, '--outFile', file, '-O3', '--noAssert', '--runtime', 'stub', ...words]
    const { status, stderr } = spawnSync(process.execPath, all, { cwd: here, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    return readFileSync(file).toString('base64')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const { file, text } of targets) writeFileSync(file, text())
