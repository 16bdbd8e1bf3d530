import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { dawnFlag } from './dawn-flag.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/** What to say where there is none. */
export const noChromium: string = `no ${names.join(', ')} on the PATH, and none named by GANKIT_CHROMIUM`

/** Chromium as GANKIT_CHROMIUM names it, or else the first on the PATH. @returns undefined where there is none */
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

/** Whether tests that need Chromium must run here: in CI, or where GANKIT_REQUIRE_BROWSER says so. */
export function isChromiumRequired(): boolean {
  return [process.env['CI'], process.env['GANKIT_REQUIRE_BROWSER']].some(value => value && value !== '0')
}

/**
 * Starts Chromium without a window, with WebGPU and WebGL on SwiftShader, and nothing of its own on the network.
 * Its profile is a new folder that goes when it is closed.
 * @throws Error where there is none
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
