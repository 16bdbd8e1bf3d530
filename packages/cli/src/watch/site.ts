import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import type { Context } from 'hono'
import { getMimeType } from 'hono/utils/mime'

/** The page that shows a run, among the files of its site. */
const page = 'watch.html'

/** A file that vite named after its content: such a name never gets another one. */
const hashedName = /[-.][\w-]{8}\.\w+$/

/** The folder of the built page; undefined in a checkout where nobody built it. */
export function resolveWatchPage(): string | undefined {
  const command = dirname(createRequire(import.meta.url).resolve('@gankit/cli/package.json'))
  const folder = join(command, 'site')
  return existsSync(join(folder, page)) ? folder : undefined
}

/** Answers with files of a site: those that are there when it begins, and no others. */
export function serveSite(site: string | null): (context: Context) => Promise<Response> {
  const files = new Map(site === null ? [] : listFiles(site).map(file => [`/${file}`, join(site, file)]))
  if (files.has(`/${page}`)) files.set('/', files.get(`/${page}`)!)
  return async context => {
    const { path } = context.req
    const file = files.get(path)
    const content = file === undefined ? undefined : await readFile(file).catch(() => undefined)
    if (file === undefined || content === undefined)
      return path === '/' && site === null
        ? context.text(explanation, 503)
        : context.text('There is no such page here.\n', 404)
    return context.body(content as Uint8Array<ArrayBuffer>, 200, {
      'Content-Type': getMimeType(file) ?? 'application/octet-stream',
      ...(hashedName.test(file) && { 'Cache-Control': 'private, max-age=31536000, immutable' }),
    })
  }
}

const explanation = `The page that shows a run is not built in this checkout of gankit: npm run pages builds it.
Then start gankit watch again. Until then, gankit inspect shows the run in the terminal.
`

/** Regular files below a folder; no links. */
function listFiles(site: string): string[] {
  return readdirSync(site, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(site, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
