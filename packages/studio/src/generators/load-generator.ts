import type { GeneratorFiles } from '@gankit/inference'
import { callWorker } from './client.ts'
import type { OpenedGenerator } from './protocol.ts'

const opened = new Map<string, Promise<OpenedGenerator>>()

/**
 * Opens a generator that comes with an app, once. Its files are fetched while the worker starts.
 * @throws Error that says in one line what is missing or damaged
 */
export function loadGenerator(app: string, generator: string): Promise<OpenedGenerator> {
  const name = `${app}/${generator}`
  const before = opened.get(name)
  if (before) return before
  const opening = open(name)
  opened.set(name, opening)
  // What failed may be there at the next try.
  opening.catch(() => opened.delete(name))
  return opening
}

async function open(name: string): Promise<OpenedGenerator> {
  // The worker starts, and with it the backend, before the files are there.
  const started = callWorker('start', {})
  const [model, weights] = await Promise.all([
    fetchFile(`generators/${name}/model.json`, response => response.json()),
    fetchFile(`generators/${name}/weights.bin`, response => response.arrayBuffer()),
  ])
  await started
  const files: GeneratorFiles = { model, weights: new Uint8Array(weights as ArrayBuffer) }
  return callWorker('open', { name, files })
}

async function fetchFile<Content>(
  path: string,
  read: (response: Response) => Promise<Content>,
): Promise<Content> {
  const url = new URL(path, document.baseURI)
  const response = await fetch(url).catch((error: Error) => {
    throw new Error(`${path}: ${error.message}`)
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`.trim())
  return read(response).catch((error: Error) => {
    throw new Error(`${path}: ${error.message}`)
  })
}
