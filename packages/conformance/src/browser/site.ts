import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { type Bundler, buildPage } from './build-page.ts'

/** What a site serves. */
export interface SiteContent {
  /** The folder in pages/ that holds the page. Default 'suite'. */
  readonly page?: string
  /** What builds the page. Default 'vite'. */
  readonly bundler?: Bundler
  /** Files that the page can fetch below files/, by their paths. */
  readonly files?: ReadonlyMap<string, Uint8Array>
}

/** A page that is built and served, to this machine alone. */
export interface Site {
  /** The address of the page. @param isolated whether the headers of the page allow threads with shared memory */
  page(isolated: boolean): string
  close(): Promise<void>
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

export async function openSite({ page = 'suite', bundler = 'vite', files }: SiteContent = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'gankit-site-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await buildPage(bundler, page, folder)
  } catch (error) {
    await remove()
    throw error
  }
  const binaries = findBinaries()
  // /isolated/… and /plain/… serve the same files; requests below wasm/ are for tfjs's binaries.
  const server = createServer((request, response) => {
    const [, kind, ...rest] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/')
    const file = basename(rest.at(-1) || 'index.html')
    const path = rest.includes('wasm')
      ? join(binaries, file)
      : join(folder, ...(rest.length > 1 ? ['assets'] : []), file)
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream')
    if (kind === 'isolated')
      for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value)
    const given = rest[0] === 'files' && files?.get(decodeURIComponent(rest.slice(1).join('/')))
    if (given) return void response.end(given)
    createReadStream(path)
      .on('error', () => response.writeHead(404).end())
      .pipe(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    page: isolated => `http://localhost:${port}/${isolated ? 'isolated' : 'plain'}/`,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await remove()
    },
  }
}

/** The folder of tfjs's wasm binaries, found as the runtime finds it. */
function findBinaries(): string {
  const runtime = createRequire(import.meta.url).resolve('@gankit/runtime/package.json')
  const wasm = createRequire(runtime).resolve('@tensorflow/tfjs-backend-wasm/package.json')
  return join(dirname(wasm), 'wasm-out')
}
