import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { download } from '../../src/node/download/download.ts'
import { claimPart, releasePart } from '../../src/node/download/part-file.ts'

const content = randomBytes(40_000)
const name = 'images.gz'
const files = [{ name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }]

/** Sends the file in ten pieces, 10 ms apart; /stalls/ stops after the first. */
let ranges: (string | undefined)[] = []
const server = createServer(async (request, response) => {
  ranges.push(request.headers.range)
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const range = { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }
  response.writeHead(start ? 206 : 200, start ? range : {})
  for (let at = start; at < content.length; at += 4000) {
    response.write(content.subarray(at, at + 4000))
    await wait(10)
    if (request.url!.startsWith('/stalls/')) return
  }
  response.end()
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const at = (mirror: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${mirror}/`
const children: ChildProcess[] = []
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  server.closeAllConnections()
  server.close()
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'part-'))
  ranges = []
})
afterEach(() => rm(folder, { recursive: true }))

const get = () => download(files, folder, { mirrors: [at('slow')] }, 'give up')
const path = (suffix = '') => join(folder, name + suffix)
const owned = (process: number, by = encodeURIComponent(hostname())) =>
  path(`.part-${by}-${process}-0a1b2c3d`)

async function arrived(...others: string[]): Promise<void> {
  expect((await readdir(folder)).toSorted()).toEqual([name, ...others])
  expect((await readFile(path())).equals(content)).toBe(true)
}

/** Downloads in a process of its own. */
function start(mirror: string): ChildProcess {
  const module = pathToFileURL(join(import.meta.dirname, '../../src/node/download/download.ts')).href
  const code = `import { download } from ${JSON.stringify(module)}
await download(${JSON.stringify(files)}, ${JSON.stringify(folder)}, { mirrors: [${JSON.stringify(at(mirror))}] }, 'give up')`
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const flags = ['--conditions=@gankit/source', `--import=${tsx}`, '--input-type=module', '--eval', code]
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'ignore', 'inherit'] })
  children.push(child)
  return child
}

/** The number of a process that has ended. */
async function goneProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'exit')
  return child.pid!
}

test('downloads at once write to pieces of their own', async () => {
  await Promise.all([get(), get(), get()])
  await arrived()
  expect(ranges).toEqual([undefined, undefined, undefined])
})

test('processes at once, too', async () => {
  const both = [start('slow'), start('slow')]
  expect(await Promise.all(both.map(async child => (await once(child, 'exit'))[0]))).toEqual([0, 0])
  await arrived()
})

test('a download goes on with the piece of a process that was killed, and leaves that of a running one', async () => {
  const child = start('stalls')
  const size = async () => {
    const [piece] = await readdir(folder)
    return piece ? (await readFile(join(folder, piece))).length : 0
  }
  while ((await size()) < 4000) await wait(20)
  const [piece] = await readdir(folder)
  expect(piece).toContain(`-${child.pid}-`)
  await get()
  await arrived(piece!)
  expect(ranges).toEqual([undefined, undefined])

  child.kill('SIGKILL')
  await once(child, 'exit')
  await rm(path())
  await get()
  await arrived()
  expect(ranges).toEqual([undefined, undefined, 'bytes=4000-'])
})

test('of the pieces that wait the largest is taken, and the others go', async () => {
  const gone = await goneProcess()
  await writeFile(path('.part'), content.subarray(0, 100))
  await writeFile(owned(gone), content.subarray(0, 300))
  const mine = await claimPart(path())
  expect(mine).toMatch(new RegExp(`\\.part-.+-${process.pid}-[0-9a-f]{8}$`))
  expect(await readFile(mine)).toHaveLength(300)
  expect(await readdir(folder)).toHaveLength(1)
  expect(await readdir(folder)).not.toContain(await claimPart(path()))
})

test('a piece of another machine is taken a day after it was last written', async () => {
  const far = owned(await goneProcess(), 'elsewhere')
  const strange = path('.part-notes')
  for (const file of [far, strange]) await writeFile(file, content.subarray(0, 300))
  await claimPart(path())
  expect(await readdir(folder)).toHaveLength(2)
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000)
  for (const file of [far, strange]) await utimes(file, yesterday, yesterday)
  expect(await readFile(await claimPart(path()))).toHaveLength(300)
  expect(await readdir(folder)).toContain(`${name}.part-notes`)
})

test('the larger of two pieces waits', async () => {
  for (const [bytes, kept] of [
    [200, 200],
    [100, 200],
    [300, 300],
  ] as const) {
    await writeFile(owned(process.pid), content.subarray(0, bytes))
    await releasePart(owned(process.pid), path())
    expect(await readdir(folder)).toEqual([`${name}.part`])
    expect(await readFile(path('.part'))).toHaveLength(kept)
  }
  await releasePart(owned(process.pid), path())
  expect(await readFile(path('.part'))).toHaveLength(300)
})
