import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { killedAfter } from '@gankit/testkit/kills'
import { scratch, tree } from '@gankit/testkit/scratch'
import { expect, test, vi } from 'vitest'
import { createRunDirectory } from '../../src/node.ts'

vi.mock('node:fs/promises', async original =>
  (await import('@gankit/testkit/kills')).killable(await original()),
)

test('a new run is there with its configuration, or without one', async () => {
  for (let count = 0, ended = false; !ended; count++) {
    const folder = scratch()
    mkdirSync(join(folder, 'runs'))
    ended = await killedAfter(count, () => createRunDirectory(join(folder, 'runs', 'a', 'b'), { seed: 1 }))
    const config = tree(folder).find(name => name.endsWith('config.json'))
    if (config) expect(JSON.parse(readFileSync(join(folder, config), 'utf8'))).toEqual({ seed: 1 })
    else expect(ended).toBe(false)
    // A run directory takes some twenty operations: a test that never ends would fill the disk.
    expect(count, 'it must end at some time').toBeLessThan(200)
  }
})
