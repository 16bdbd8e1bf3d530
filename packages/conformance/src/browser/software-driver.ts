import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findChromium } from './chromium.ts'
import { dawnFlag } from './dawn-flag.ts'

const description = 'vk_swiftshader_icd.json'

/**
 * What a process needs in its environment to find SwiftShader, Chromium's Vulkan driver without a GPU, and the loader
 * that comes with it.
 * @returns undefined where no installed Chromium has one
 */
export function softwareDriver(): Record<string, string> | undefined {
  const chromium = findChromium()
  const folders = [
    ...(chromium ? [dirname(realpathSync(chromium))] : []),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
  ]
  const folder = folders.find(one => existsSync(join(one, description)))
  return folder === undefined
    ? undefined
    : { VK_DRIVER_FILES: join(folder, description), LD_LIBRARY_PATH: folder, GANKIT_DAWN: dawnFlag }
}
