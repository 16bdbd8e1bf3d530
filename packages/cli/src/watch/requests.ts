import { createHash, timingSafeEqual } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

/** What a handler of the server has beside a request. */
export type WatchEnvironment = { Bindings: HttpBindings }

/** What the browser may do with a page of this server: nothing that comes from elsewhere, and nobody frames it. */
export const addHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'blob:', 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  crossOriginResourcePolicy: 'same-origin',
  crossOriginOpenerPolicy: 'same-origin',
  referrerPolicy: 'no-referrer',
  xFrameOptions: 'DENY',
  // There is no HTTPS on this machine's own address.
  strictTransportSecurity: false,
})

/** Nothing stays in a cache, unless an answer says otherwise. */
export const storeNothing: MiddlewareHandler = async (context, next) => {
  await next()
  if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store')
}

/** What may stand in the target of a request: no path upwards, no slash in disguise, no other server's address. */
const plainTarget = /^\/(?!\/)[\w\-./~%?=&]*$/
const disguised = /\.\.|%2e|%2f|%5c|%00|\\|\/\.(\/|$)/i

/**
 * Refuses what no page of this server would send: a target that leads elsewhere, the name of another host (a page of
 * somebody else whose name was bound to this address), and another origin.
 * @param port that the server listens on, once it does
 */
export function refuseForeign(port: () => number): MiddlewareHandler<WatchEnvironment> {
  return async (context, next) => {
    const { incoming } = context.env
    const target = incoming.url ?? ''
    if (!plainTarget.test(target) || disguised.test(target))
      return refuse(context, 400, 'the address has signs that none of this server has')
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`]
    const named = incoming.rawHeaders.filter(
      (_, i, all) => i % 2 === 1 && all[i - 1]!.toLowerCase() === 'host',
    )
    if (named.length !== 1 || !hosts.includes(named[0]!))
      return refuse(context, 403, `the host is not ${hosts.join(' or ')}`)
    const { origin, 'sec-fetch-site': site = 'none', 'sec-fetch-mode': mode } = incoming.headers
    const isOwn = origin === undefined || origin === `http://${named[0]}`
    // Whoever clicks the address in a page, such as a terminal in the browser, comes from elsewhere, and gets the empty page.
    const isClick = mode === 'navigate' && !target.startsWith('/api/')
    if (!isOwn || !(isClick || ['none', 'same-origin'].includes(String(site))))
      return refuse(context, 403, 'the request comes from a page of another origin')
    return next()
  }
}

/** Refuses requests without the token, which stands in the address that was printed: `Authorization: Bearer …`. */
export function requireToken(token: string): MiddlewareHandler<WatchEnvironment> {
  const expected = digest(`Bearer ${token}`)
  return async (context, next) => {
    // Digests have one length, and take equally long to compare.
    if (timingSafeEqual(digest(context.req.header('Authorization') ?? ''), expected)) return next()
    return refuse(
      context,
      401,
      'the token is missing or wrong, expected that of the address which gankit printed',
    )
  }
}

/** The one line of JSON that a refusal is. */
export function refuse(
  context: Context,
  status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 500 | 503,
  error: string,
): Response {
  return context.json({ error }, status)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
