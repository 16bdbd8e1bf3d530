import { chmodSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { explainDistrust } from '../src/node/install/installed.ts'
import { checkFreeSpace } from '../src/node/install/requirements.ts'
import { listNativeInstalls } from '../src/node.ts'

const { platform, arch } = process
const record = { package: '@tensorflow/tfjs-node', version: '4.22.0', tensorflow: '2.21.0', platform, arch }

/** A folder of installs, each with this text as its record. */
function native(records: Readonly<Record<string, string>>): string {
  const root = join(mkdtempSync(join(tmpdir(), 'gankit-native-')), 'native')
  onTestFinished(() => rmSync(join(root, '..'), { recursive: true }))
  mkdirSync(root, { mode: 0o700 })
  for (const [name, text] of Object.entries(records)) {
    mkdirSync(join(root, name))
    writeFileSync(join(root, name, 'gankit.json'), text)
  }
  return root
}

test('records that are damaged are passed over, however many there are', () => {
  const odd = ['', '{', 'null', '5', '[]', '{}', JSON.stringify({ ...record, package: undefined })]
  odd.push(JSON.stringify({ ...record, package: '../../evil' }), JSON.stringify({ platform, arch }))
  const root = native({
    ...Object.fromEntries(odd.map((text, i) => [`odd-${i}`, text])),
    good: JSON.stringify(record),
  })
  writeFileSync(join(root, 'file'), '')
  expect(listNativeInstalls(root)).toEqual([{ ...record, folder: join(root, 'good') }])
  expect(listNativeInstalls(join(root, 'file'))).toEqual([])
  expect(listNativeInstalls(join(root, 'none'))).toEqual([])
})

test.skipIf(platform === 'win32')('libraries that somebody else may have put there are not loaded', () => {
  const root = native({ good: JSON.stringify(record) })
  expect(explainDistrust(root)).toBeUndefined()
  for (const mode of [0o777, 0o770, 0o702]) {
    chmodSync(root, mode)
    expect(listNativeInstalls(root)).toEqual([])
    expect(explainDistrust(root)).toBe(
      `${root} can be written by other users: see that nobody has changed it, then chmod 700 it`,
    )
  }
  chmodSync(root, 0o700)
  const getuid = process.getuid!
  onTestFinished(() => {
    process.getuid = getuid
  })
  process.getuid = () => getuid() + 1
  expect(listNativeInstalls(root)).toEqual([])
  expect(explainDistrust(root)).toContain(`${root} is of user ${getuid()}, expected user ${getuid() + 1}`)
})

test('a link to installs elsewhere is not followed', () => {
  const root = native({ good: JSON.stringify(record) })
  symlinkSync(root, `${root}-link`)
  expect(listNativeInstalls(`${root}-link`)).toEqual([])
  symlinkSync(join(root, 'good'), join(root, 'linked'))
  expect(listNativeInstalls(root)).toHaveLength(1)
})

test.skipIf(platform === 'win32')('the folder is made for this user alone', async () => {
  const root = native({})
  chmodSync(root, 0o755)
  for (const folder of [root, join(root, 'new')]) {
    await checkFreeSpace(folder, 0)
    expect(lstatSync(folder).mode & 0o777).toBe(0o700)
  }
})
