import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { drawFace } from '../../src/cartoon/draw-face.ts'
import { parseFaceOptions } from '../../src/cartoon/face-options.ts'
import { startRenderer } from '../../src/drawn/renderer.ts'
import { compileRenderer, startDrawingPool } from '../../src/node/drawn/drawing-pool.ts'
import { createDrawnPlan } from '../../src/node/drawn/drawn-pictures.ts'

const settings = parseFaceOptions({ style: 'personas', seed: 5, size: 16, count: 60 })
const faces = { subject: 'faces', settings } as const
const expected = Array.from({ length: 45 }, (_, i) => () => drawFace(settings, i + 10))

beforeAll(() => startRenderer(compileRenderer))

test('threads draw the faces that this one draws, in order', async () => {
  const pool = await startDrawingPool(faces)
  try {
    expect(pool.threads).toBeGreaterThan(0)
    expect(await pool.draw(10, 55)).toEqual(expected.map(draw => draw()))
  } finally {
    await pool.end()
  }
})

test('where no thread starts this one draws', async () => {
  const pool = await startDrawingPool(faces, () => Promise.reject(new Error('no threads here')))
  expect(pool.threads).toBe(0)
  expect(await pool.draw(10, 55)).toEqual(expected.map(draw => draw()))
  await pool.end()
})

test('what goes wrong in a thread is told, and the thread goes on', async () => {
  const pool = await startDrawingPool(faces)
  try {
    await expect(pool.draw(2 ** 32 - 1, 2 ** 32 + 1)).rejects.toThrow('step is 4294967296')
    expect(await pool.draw(10, 12)).toEqual(expected.slice(0, 2).map(draw => draw()))
  } finally {
    await pool.end()
  }
})

test('a thread that ends with a face owing is told', async () => {
  const pool = await startDrawingPool(faces)
  const drawing = pool.draw(0, 60)
  const told = expect(drawing).rejects.toThrow('the thread that draws ended with code')
  await pool.end()
  await told
})

test('each thing that a face depends on is part of the plan’s identity', () => {
  const plan = createDrawnPlan(faces)
  const others = [{ style: 'big-ears' }, { seed: 6 }, { size: 32 }, { count: 61 }] as const
  for (const other of others)
    expect(createDrawnPlan({ ...faces, settings: { ...settings, ...other } }).identity).not.toEqual(
      plan.identity,
    )
  expect(plan.identity).toMatchObject({
    renderer: expect.stringMatching(/^2\./),
    drawings: expect.stringMatching(/^9\./),
  })
})

test('threads that nobody ended don’t keep the process alive', () => {
  const pool = new URL('../../src/node/drawn/drawing-pool.ts', import.meta.url).href
  const script = `const { startDrawingPool } = await import('${pool}')
    const pool = await startDrawingPool(${JSON.stringify(faces)})
    console.log(pool.threads > 0, (await pool.draw(0, 20)).length)`
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--import', tsx, '--conditions=@gankit/source', '--input-type=module', '--eval', script],
    { encoding: 'utf8', timeout: 150_000 },
  )
  expect(stdout).toBe('true 20\n')
  expect(status).toBe(0)
})
