import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { forward, type Generator } from '@gankit/core'
import { savedModel } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { onTestFinished } from 'vitest'
import { saveGenerator } from '../../src/node.ts'
import { points } from '../generators.ts'
import { scratch } from '../scratch.ts'

/** A generator whose batch norm has seen some noise, so that its statistics are not those of a new one. */
export function trained(): Generator {
  const generator = points()
  for (let step = 0; step < 5; step++)
    tf.tidy(
      () =>
        void forward(generator.model, tf.randomNormal([16, 3], 1, 2, 'float32', step), { training: true }),
    )
  return generator
}

export type Change = (json: Record<string, unknown>) => unknown

/** Saves a generator, then changes its model.json. */
export async function saved(generator: Generator, change: Change = () => {}): Promise<string> {
  const folder = join(scratch(), 'model')
  await saveGenerator(folder, generator)
  const path = join(folder, 'model.json')
  const json = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify(change(json) ?? json))
  return folder
}

/** Saves any model, without metadata. */
export async function savedPlain(model: tf.LayersModel): Promise<string> {
  const folder = scratch()
  const { modelTopology, weightSpecs, weightData } = await savedModel(model)
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }]
  writeFileSync(join(folder, 'model.json'), JSON.stringify({ modelTopology, weightsManifest }))
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer))
  return folder
}

/** Serves a folder on this machine. @returns the address of its model.json */
export async function served(folder: string): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    try {
      response.end(readFileSync(join(folder, basename(url))))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.json`
}

/** Changes the metadata of a generator, and leaves the rest of model.json. */
export function changeMetadata(change: Record<string, unknown>): Change {
  return json => {
    const { gankit } = json['userDefinedMetadata'] as { gankit: Record<string, unknown> }
    json['userDefinedMetadata'] = { gankit: { ...gankit, ...change } }
  }
}
