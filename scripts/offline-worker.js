// A site that works offline once it was loaded: a service worker keeps its files.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * Writes `offline.js`, the service worker of a site, and lets its pages register it. Once it is there it fetches pages, scripts and
 * WebAssembly, and keeps a generator when a page asks for it. A site that was built anew has another version, and old files go.
 */
export function writeOfflineWorker(site) {
  const files = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(relative(site, file)).update(readFileSync(file))
  const names = files.map(file => relative(site, file).split(sep).join('/'))
  const pages = names.filter(name => name.endsWith('index.html'))
  for (const page of pages) {
    const up = '../'.repeat(page.split('/').length - 1)
    const path = join(site, page)
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('</head>', `<script defer src="${up}register.js"></script></head>`),
    )
  }
  const kept = names
    .filter(name => !name.startsWith('generators/'))
    .map(name => name.replace(/(^|\/)index\.html$/, '$1') || './')
  writeFileSync(join(site, 'register.js'), registerScript)
  writeFileSync(
    join(site, 'offline.js'),
    workerScript(hash.digest('hex').slice(0, 16), [...kept, 'register.js']),
  )
  return { files: files.length + 2, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) }
}

// The worker's scope is the folder of its script: that of the site.
const registerScript = `const { src } = document.currentScript
navigator.serviceWorker?.register(new URL('offline.js', src)).catch(() => undefined)
`

const workerScript = (version, names) => `// Keeps the files of this site for visits without a network.
const cacheName = 'gankit-${version}'

addEventListener('install', event => {
  event.waitUntil(caches.open(cacheName).then(cache => cache.addAll(${JSON.stringify(names)})).then(() => skipWaiting()))
})

addEventListener('activate', event => {
  const removeOld = async () => {
    for (const name of await caches.keys())
      if (name.startsWith('gankit-') && name !== cacheName) await caches.delete(name)
    await clients.claim()
  }
  event.waitUntil(removeOld())
})

addEventListener('fetch', event => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(registration.scope)) return
  const answer = async () => {
    const cache = await caches.open(cacheName)
    // A file's name changes with its content, but a page's does not: the network goes first there.
    const isPage = request.mode === 'navigate'
    const kept = await cache.match(request, { ignoreSearch: isPage })
    if (kept && !isPage) return kept
    try {
      const response = await fetch(request)
      if (response.ok) await cache.put(request, response.clone())
      return response
    } catch (error) {
      if (kept) return kept
      throw error
    }
  }
  event.respondWith(answer())
})
`
