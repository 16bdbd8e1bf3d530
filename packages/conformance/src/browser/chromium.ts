import { accessSync, constants, existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/**
 * Keeps WebGPU from zeroing the memory that a workgroup shares. Zeroing is WebGPU's rule and takes most of SwiftShader's
 * time; no kernel of gankit relies on it.
 */
export const dawnFlag = 'enable-dawn-features=disable_workgroup_init'

/** Milliseconds that a page has for what a test does in it: a machine that does much else takes its time. */
export const pagePatience = 120_000

/** The message where no Chromium is found. */
export const noChromium: string = `no ${names.join(', ')} on the PATH, and none named by GANKIT_CHROMIUM`

/** The path of Chromium: GANKIT_CHROMIUM, or else the first on the PATH. @returns undefined where there is no Chromium */
export function findChromium(): string | undefined {
  const named = process.env['GANKIT_CHROMIUM']
  if (named) return named
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(canRun)
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Whether tests that need Chromium must not be skipped: in CI, and where GANKIT_REQUIRE_BROWSER is set. */
export function isChromiumRequired(): boolean {
  return [process.env['CI'], process.env['GANKIT_REQUIRE_BROWSER']].some(value => value && value !== '0')
}

/**
 * Starts Chromium without a window, with WebGPU and WebGL on SwiftShader, and without network requests of its own.
 * Chromium gets a new profile folder, which is deleted when the browser is closed.
 * @throws Error where no Chromium is found
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error(noChromium)
  return chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--enable-unsafe-webgpu',
      `--${dawnFlag}`,
      '--use-webgpu-adapter=swiftshader',
      '--enable-features=Vulkan',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

const driverDescription = 'vk_swiftshader_icd.json'

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
  const folder = folders.find(one => existsSync(join(one, driverDescription)))
  return folder === undefined
    ? undefined
    : { VK_DRIVER_FILES: join(folder, driverDescription), LD_LIBRARY_PATH: folder, GANKIT_DAWN: dawnFlag }
}
