// Writes src/node/install/native-lock.json: which packages `gankit backends install native` fetches from npm, with the hash of
// each. Run it again when the tested version of TensorFlow.js changes: node scripts/write-native-lock.js 4.22.0
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [version] = process.argv.slice(2)
const target = new URL('../src/node/install/native-lock.json', import.meta.url)
const tfjs = '@tensorflow/tfjs'

/** The lock of one of the two packages, without what npm only shows to people. */
function lock(name) {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-lock-'))
  mkdirSync(join(folder, 'empty'))
  writeFileSync(join(folder, 'empty', 'package.json'), JSON.stringify({ name: tfjs, version }))
  const manifest = {
    private: true,
    dependencies: { [tfjs]: 'file:./empty', [name]: version },
    overrides: { [tfjs]: `$${tfjs}` },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const options = ['--package-lock-only', '--ignore-scripts', '--omit-lockfile-registry-resolved']
  execFileSync('npm', ['install', ...options, '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  rmSync(folder, { recursive: true })
  delete packages['']
  for (const one of Object.values(packages))
    for (const field of ['license', 'funding', 'engines', 'deprecated']) delete one[field]
  return packages
}

// Both need the same packages, so one list has all.
const packages = { ...lock('@tensorflow/tfjs-node'), ...lock('@tensorflow/tfjs-node-gpu') }
writeFileSync(target, `${JSON.stringify({ version, packages }, null, 2)}\n`)
