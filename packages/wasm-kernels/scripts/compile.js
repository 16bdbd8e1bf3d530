// Compiles the kernels four times, for memory of one thread or of several and for engines with and without relaxed
// SIMD, and writes them as base64 into @gankit/runtime.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('..', import.meta.url))
export const target = join(here, '../runtime/src/wasm/modules.data.ts')

/** @returns the text of `target` as the sources make it */
export function compile() {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-kernels-'))
  try {
    const modules = { own: {}, shared: {} }
    for (const memory of ['own', 'shared'])
      for (const rounding of ['plain', 'relaxed'])
        modules[memory][rounding] = compileOne(join(folder, 'module.wasm'), memory, rounding).toString(
          'base64',
        )
    const lines = Object.entries(modules).flatMap(([memory, { plain, relaxed }]) => [
      `  ${memory}: {`,
      `    plain: '${plain}',`,
      `    relaxed: '${relaxed}',`,
      '  },',
    ])
    return `// Made by \`pnpm --filter @gankit/wasm-kernels compile\` from the sources there.
/** Base64, by the memory that the module imports and by whether it needs relaxed SIMD. */
export const modules: Readonly<Record<'own' | 'shared', Readonly<Record<'plain' | 'relaxed', string>>>> = {
${lines.join('\n')}
}
`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function compileOne(file, memory, rounding) {
  const shared = memory === 'shared' ? ['--sharedMemory'] : []
  const relaxed = rounding === 'relaxed'
  const words = [
    ...['assembly/index.ts', '--outFile', file, '-O3', '--noAssert', '--runtime', 'stub'],
    ...['--importMemory', '--initialMemory', '1', '--maximumMemory', '65536', ...shared],
    ...['--enable', relaxed ? 'simd,threads,relaxed-simd' : 'simd,threads'],
    ...['--use', `RELAXED=${Number(relaxed)}`, '--use', `SHARED=${Number(memory === 'shared')}`],
  ]
  const asc = fileURLToPath(new URL('bin/asc.js', import.meta.resolve('assemblyscript/package.json')))
  const { status, stderr } = spawnSync(process.execPath, [asc, ...words], { cwd: here, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return readFileSync(file)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, compile())
