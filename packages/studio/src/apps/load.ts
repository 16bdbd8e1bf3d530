import { GankitError } from '@gankit/core'
import type { App } from '@gankit/experiment'

const loaders: Readonly<Record<string, () => Promise<{ readonly app: unknown }>>> = {
  'mnist-digits': () => import('@gankit/mnist-digits'),
  'dcgan-mnist': () => import('@gankit/dcgan-mnist'),
  'face-generation': () => import('@gankit/face-generation'),
  'edges-to-faces': () => import('@gankit/edges-to-faces'),
  'style-transfer': () => import('@gankit/style-transfer'),
  'super-resolution': () => import('@gankit/super-resolution'),
  segmentation: () => import('@gankit/segmentation'),
}

/** Loads the code of an app. @throws GankitError for one that has no page */
export async function loadApp(name: string): Promise<App> {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined
  if (load) return (await load()).app as App
  throw new GankitError(
    'studio',
    'option',
    `app is '${name}', expected one of ${Object.keys(loaders).join(', ')}`,
  )
}
