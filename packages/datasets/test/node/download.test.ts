import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { type DownloadOptions, type DownloadProgress, download } from '../../src/node/download/download.ts'
import { downloadFashionMnist, fashionMnistClasses } from '../../src/node/download/idx-sets.ts'
import { downloadMnist, mnistFolder } from '../../src/node.ts'
import { idxImages, idxLabels } from '../idx-bytes.ts'

const contents: Record<string, Buffer> = {
  'train-images-idx3-ubyte.gz': gzipSync(idxImages(400, 28, 28)),
  'train-labels-idx1-ubyte.gz': gzipSync(idxLabels(400)),
}
const files = Object.entries(contents).map(([name, content]) => ({
  name,
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
}))
const [imagesName, labelsName] = Object.keys(contents) as [string, string]
const imagesContent = contents[imagesName]!
const half = Math.floor(imagesContent.length / 2)

/** What a mirror does, by the first part of the path. */
const mirrors: Record<string, (name: string, request: IncomingMessage, response: ServerResponse) => void> = {
  good: (name, request, response) => {
    const content = contents[name]!
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const range = start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }
    response.writeHead(range ? 206 : 200, { 'content-length': content.length - start, ...range })
    response.end(content.subarray(start))
  },
  'no-ranges': (name, _, response) => void response.end(contents[name]),
  missing: (_, __, response) => void response.writeHead(404).end('not here'),
  breaking: (name, _, response) => {
    const content = contents[name]!
    response.writeHead(200, { 'content-length': content.length })
    response.write(content.subarray(0, Math.floor(content.length / 2)), () =>
      setTimeout(() => response.destroy(), 50),
    )
  },
  wrong: (name, _, response) => void response.end(Buffer.alloc(contents[name]!.length)),
  long: (name, _, response) => {
    response.write(contents[name]!)
    response.end('and more')
  },
  login: (_, __, response) => void response.end('<html>Please log in</html>'),
  'wrong-range': (name, _, response) =>
    void response.writeHead(206, { 'content-range': 'bytes 0-9/10' }).end(contents[name]),
  silent: () => undefined,
  stalling: (name, _, response) => void response.write(contents[name]!.subarray(0, 10)),
}

let requests: { url: string; range: string | undefined }[] = []
const server = createServer((request, response) => {
  requests.push({ url: request.url!, range: request.headers.range })
  const [, mirror, name] = request.url!.split('/')
  mirrors[mirror!]!(name!, request, response)
})
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const at = (mirror: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${mirror}`
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'download-'))
  requests = []
})
afterEach(() => rm(folder, { recursive: true }))

const get = (names: string[], options: Partial<DownloadOptions> = {}) =>
  download(files, folder, { mirrors: names.map(at), timeout: 60_000, ...options }, 'do something else')

async function arrived(): Promise<void> {
  expect((await readdir(folder)).toSorted()).toEqual([imagesName, labelsName])
  for (const [name, content] of Object.entries(contents))
    expect((await readFile(join(folder, name))).equals(content)).toBe(true)
}

test('files arrive, make a dataset, and are not fetched again', async () => {
  const progress: DownloadProgress[] = []
  await get(['good'], { onProgress: step => progress.push(step) })
  await arrived()
  expect(requests.map(({ url }) => url)).toEqual([`/good/${imagesName}`, `/good/${labelsName}`])
  expect(progress.at(-1)).toEqual({ file: labelsName, received: files[1]!.bytes, total: files[1]!.bytes })
  expect((await mnistFolder(folder)).size).toBe(400)
  await get(['good'])
  expect(requests).toHaveLength(2)
})

test('a file that is there but wrong is replaced', async () => {
  await writeFile(
    join(folder, imagesName),
    imagesContent.map(byte => byte ^ 1),
  )
  await get(['good'])
  await arrived()
})

test('an interrupted download goes on where it stopped', async () => {
  await expect(get(['breaking'])).rejects.toThrow('could not download train-images-idx3-ubyte.gz')
  expect(await readdir(folder)).toEqual([`${imagesName}.part`])
  const there = (await readFile(join(folder, `${imagesName}.part`))).length
  expect(there).toBe(half)
  await get(['good'])
  await arrived()
  expect(requests[1]).toEqual({ url: `/good/${imagesName}`, range: `bytes=${there}-` })
})

test('the next mirror goes on where one broke off', async () => {
  await get(['breaking', 'good'])
  await arrived()
  expect(requests[1]).toEqual({ url: `/good/${imagesName}`, range: `bytes=${half}-` })
})

test('a mirror that knows no ranges starts again', async () => {
  await writeFile(join(folder, `${imagesName}.part`), imagesContent.subarray(0, 100))
  await get(['no-ranges'])
  await arrived()
})

test('a piece of something else is thrown away, and the same mirror asked again', async () => {
  await writeFile(join(folder, `${imagesName}.part`), 'something else')
  await get(['good'])
  await arrived()
  expect(requests.map(({ range }) => range)).toEqual(['bytes=14-', undefined, undefined])
})

test('a piece that is whole needs no connection, one that is too long is thrown away', async () => {
  await writeFile(join(folder, `${imagesName}.part`), imagesContent)
  await writeFile(join(folder, `${labelsName}.part`), Buffer.alloc(files[1]!.bytes + 1))
  await get(['good'])
  await arrived()
  expect(requests).toEqual([{ url: `/good/${labelsName}`, range: undefined }])
})

test.each(['missing', 'wrong', 'long', 'login', 'wrong-range'])(
  'a mirror that is %s is passed over',
  async mirror => {
    await get([mirror, 'good'])
    await arrived()
  },
)

test('when all mirrors fail, the error says why each did, and what else to do', async () => {
  const names = ['missing', 'wrong', 'long', 'login', 'breaking', 'silent', 'stalling']
  const closed = 'http://127.0.0.1:1/mnist/'
  const mirrors = [closed, ...names.map(at)]
  const error: Error = await get([], { mirrors, timeout: 2000 }).then(
    () => expect.fail('no error'),
    error => error,
  )
  const url = (mirror: string) => `${at(mirror)}/${imagesName}`
  expect(error.message).toMatch(/^\[gankit\/datasets\] could not download train-images-idx3-ubyte\.gz \(/)
  expect(error.message).toMatch(new RegExp(`${closed}${imagesName} (ECONNREFUSED|bad port)`))
  expect(error.message).toContain(`${url('missing')} HTTP 404`)
  expect(error.message).toContain(`${url('wrong')} has SHA-256`)
  expect(error.message).toContain(`${url('long')} sends more than ${files[0]!.bytes} bytes`)
  expect(error.message).toContain(`${url('login')} offers 26 bytes, expected ${files[0]!.bytes}`)
  expect(error.message).toContain(`${url('silent')} no answer for 2 s`)
  expect(error.message).toContain(`${url('stalling')} no answer for 2 s`)
  expect(error.message).toMatch(/: do something else$/)
})

test('an abort ends it with its reason and keeps what came', async () => {
  const stop = new AbortController()
  const onProgress = () => stop.abort(new Error('enough'))
  await expect(get(['stalling', 'good'], { signal: stop.signal, onProgress })).rejects.toThrow('enough')
  expect(requests).toHaveLength(1)
  expect(await readFile(join(folder, `${imagesName}.part`))).toHaveLength(10)
})

test('a folder that can not be made says so', async () => {
  await writeFile(join(folder, 'file'), '')
  const inFile = download(files, join(folder, 'file', 'mnist'), { mirrors: [] }, 'x')
  await expect(inFile).rejects.toThrow(/^\[gankit\/datasets\] folder .*file.mnist can't be made \(ENOTDIR\)/)
})

/** A fetch that finds no server, and what it was asked for. */
function noServer() {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async url => {
    asked.push(String(url))
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error('not found'), { code: 'ENOTFOUND' }),
    })
  }
  return { asked, fetch }
}

test('the full MNIST takes the mirrors and the fetch it is given, and says what to use instead', async () => {
  const { asked, fetch } = noServer()
  await expect(downloadMnist({ cacheDir: folder, fetch })).rejects.toThrow(
    /yann\.lecun\.com\S+ ENOTFOUND\): use `--data embedded`, .* `--data DIR`$/,
  )
  expect(asked).toEqual([
    'https://ossci-datasets.s3.amazonaws.com/mnist/train-images-idx3-ubyte.gz',
    'https://storage.googleapis.com/cvdf-datasets/mnist/train-images-idx3-ubyte.gz',
    'http://yann.lecun.com/exdb/mnist/train-images-idx3-ubyte.gz',
  ])
})

test('Fashion-MNIST has mirrors of its own, and says what to use instead', async () => {
  const { asked, fetch } = noServer()
  await expect(downloadFashionMnist({ cacheDir: folder, fetch })).rejects.toThrow(
    /githubusercontent\.com\S+ ENOTFOUND\): put the four files into a folder and use `--data DIR`$/,
  )
  expect(asked).toEqual([
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/train-images-idx3-ubyte.gz',
    'https://storage.googleapis.com/tensorflow/tf-keras-datasets/train-images-idx3-ubyte.gz',
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/train-images-idx3-ubyte.gz',
  ])
  expect(await readdir(folder)).toEqual(['fashion-mnist'])
})

test('Fashion-MNIST is not taken from a mirror that has MNIST', async () => {
  const mirrors = [at('good')]
  await expect(downloadFashionMnist({ cacheDir: folder, mirrors })).rejects.toThrow(
    `offers ${files[0]!.bytes} bytes, expected 26421880`,
  )
})

test('a folder takes the names of the classes', async () => {
  await get(['good'])
  expect((await mnistFolder(folder, { classes: fashionMnistClasses })).classes?.at(-1)).toBe('Ankle boot')
  expect((await mnistFolder(folder)).classes?.at(-1)).toBe('9')
  await expect(mnistFolder(folder, { classes: ['one', 'two'] })).rejects.toThrow(
    'labels go from 0 to 9, expected 0 to 1',
  )
})
