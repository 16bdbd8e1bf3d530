// Compiles libjpeg-turbo, as far as it decodes baseline JPEGs, with the SIMD of ../jpeg to WebAssembly, and writes it as
// base64 into @gankit/datasets. Wants the archive of libjpeg-turbo 2.1.5 (Debian: `apt-get source libjpeg-turbo`), clang
// and lld with wasi-libc (Debian: clang lld wasi-libc libclang-rt-14-dev-wasm32), and wasm-opt (Debian: binaryen).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('../jpeg/', import.meta.url))
export const jpegTarget = join(here, '../../datasets/src/node/images/jpeg-module.data.ts')

const archiveSha256 = '254f3642b04e309fee775123133c6464181addc150499561020312ec61c1bf7c'
const sources =
  'jcomapi jdapimin jdapistd jdatasrc jdcoefct jdcolor jddctmgr jdhuff jdinput jdmainct jdmarker jdmaster jdpostct ' +
  'jdsample jidctint jmemmgr jmemnobs jutils'
// What idct.c and colour.c have; of all else libjpeg-turbo's own file says that there is none.
const inSimd = ['idct_islow', 'h2v2_fancy_upsample', 'h2v1_fancy_upsample', 'ycc_rgb']

/** Tells whether the module was made of what lies here now. */
export function sourcesSha256() {
  const hash = createHash('sha256').update(archiveSha256)
  for (const name of readdirSync(here, { recursive: true }).sort())
    if (/\.[ch]$/.test(name)) hash.update(readFileSync(join(here, name)))
  return hash.digest('hex')
}

/** @returns the module in base64 */
function compiled(archive) {
  if (createHash('sha256').update(readFileSync(archive)).digest('hex') !== archiveSha256)
    throw new Error(`${archive} is not the archive of libjpeg-turbo 2.1.5, whose SHA-256 is ${archiveSha256}`)
  const folder = mkdtempSync(join(tmpdir(), 'gankit-jpeg-'))
  try {
    run('tar', ['xzf', archive, '-C', folder, '--strip-components=1'])
    const flags = [
      '--target=wasm32-wasi',
      '-O3',
      '-msimd128',
      '-w',
      '-DJPEG_INTERNALS',
      '-DNO_GETENV',
      '-DNO_PUTENV',
    ]
    const found = [`-I${here}config`, `-I${folder}`, '-include', `${here}config/baseline.h`]
    const objects = []
    const compile = (source, ...more) => {
      const object = join(folder, `${objects.length}.o`)
      run('clang', [...flags, ...found, ...more, '-c', source, '-o', object])
      objects.push(object)
    }
    // Bits are read from the file 64 at a time, as on other 32-bit machines with 64-bit registers.
    const wide = ['-D__x86_64__', '-D__ILP32__']
    for (const name of sources.split(' '))
      compile(join(folder, `${name}.c`), ...(name === 'jdhuff' ? wide : []))
    const ours = inSimd.flatMap(name => [`can_${name}`, name === 'ycc_rgb' ? 'ycc_rgb_convert' : name])
    compile(join(folder, 'jsimd_none.c'), ...ours.map(name => `-Djsimd_${name}=jsimd_none_${name}`))
    for (const name of ['idct', 'colour', 'decode']) compile(join(here, `${name}.c`))
    const linked = join(folder, 'linked.wasm')
    run('clang', ['--target=wasm32-wasi', '-mexec-model=reactor', '-Wl,-s', ...objects, '-o', linked])
    const module = join(folder, 'module.wasm')
    run('wasm-opt', ['-O3', '--enable-simd', '--enable-bulk-memory', linked, '-o', module])
    return readFileSync(module).toString('base64')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run(command, words) {
  const { status, stderr, error } = spawnSync(command, words, { encoding: 'utf8' })
  if (status !== 0) throw error ?? new Error(stderr)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const archive = process.argv[2]
  if (!archive) throw new Error('name the archive of libjpeg-turbo 2.1.5')
  writeFileSync(
    jpegTarget,
    `// Made by \`npm run compile-jpeg -- ARCHIVE\`; licence: LICENSE-DATA.md.
// SHA-256 of what it is made of: ${sourcesSha256()}
/** Base64; libjpeg-turbo 2.1.5 for baseline JPEGs: it exports \`decode\`, \`malloc\`, \`free\` and its memory, and needs SIMD. */
export const jpegModule: string = '${compiled(archive)}'
`,
  )
}
