import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dawnFlag, findChromium } from './chromium.ts'

const description = 'vk_swiftshader_icd.json'

/**
 * The environment variables with which a process finds SwiftShader, Chromium's Vulkan driver without a GPU, and the
 * loader beside it.
 * @returns undefined where no installed Chromium brings SwiftShader
 */
export function findSoftwareDriver(): Record<string, string> | undefined {
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
