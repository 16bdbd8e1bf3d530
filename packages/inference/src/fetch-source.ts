import { GankitError } from '@gankit/core'
import type { GeneratorFiles } from './encode.ts'
import type { ModelSource } from './model-source.ts'

/** A model whose files have been read. */
export function filesSource({ model, weights }: GeneratorFiles): ModelSource {
  return {
    path: 'model.json',
    locate: () => 'weights.bin',
    readModel: async () => model,
    readWeights: async (_, needed) => [weights.subarray(0, needed)],
  }
}

/** A model at an address. */
export function urlSource(source: string | URL): ModelSource {
  const url = resolveUrl(source)
  const locate = (name: string) => new URL(encodeURIComponent(name), url).href
  return {
    path: url.href,
    locate,
    readModel: async () => (await fetchFile(url.href)).json(),
    async readWeights(names, needed) {
      const parts: Uint8Array[] = []
      for (const name of names) {
        const left = needed - parts.reduce((sum, { length }) => sum + length, 0)
        parts.push(...(await readBeginning(await fetchFile(locate(name)), left)))
      }
      return parts
    },
  }
}

/** The first bytes of an answer; the rest of one that has more is not waited for. */
async function readBeginning({ body }: Response, length: number): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = []
  const reader = body?.getReader()
  for (let left = length; reader && left > 0; ) {
    const { value } = await reader.read()
    if (!value) return parts
    parts.push(value.subarray(0, left))
    left -= value.length
  }
  await reader?.cancel()
  return parts
}

/** An address relative to the page, or in a worker to its script. */
function resolveUrl(source: string | URL): URL {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href
  if (source instanceof URL || URL.canParse(source, base)) return new URL(source, base)
  throw new GankitError(
    'inference',
    'option',
    `the source is '${source}', expected the address of a model.json; a folder is opened by openGenerator of @gankit/inference/node`,
  )
}

async function fetchFile(address: string): Promise<Response> {
  const refuse = (got: string, cause?: unknown) =>
    new GankitError('inference', 'file', `${address} ${got}, expected a file of a saved generator`, { cause })
  const response = await fetch(address).catch((error: Error) => {
    throw refuse(`could not be fetched (${error.message})`, error)
  })
  if (!response.ok) throw refuse(`answered ${response.status}`)
  return response
}
