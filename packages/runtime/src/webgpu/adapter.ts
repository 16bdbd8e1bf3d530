/** How a WebGPU adapter describes itself; every string may be empty, since browsers may hide it. */
export interface AdapterInfo {
  readonly vendor?: string
  readonly architecture?: string
  readonly device?: string
  readonly description?: string
  readonly isFallbackAdapter?: boolean
}

/** Drivers that compute on the processor: SwiftShader, those of Mesa, and Windows' WARP. */
const softwareDrivers = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i

/** Whether a driver of this name computes on the processor instead of a GPU. */
export function isSoftwareDriver(name: string): boolean {
  return softwareDrivers.test(name)
}

/** Whether there is no GPU behind an adapter. */
export function isSoftwareAdapter(info: AdapterInfo): boolean {
  return info.isFallbackAdapter === true || isSoftwareDriver(listWords(info).join(' '))
}

/** The name of an adapter, such as 'SwiftShader driver 5.0.0' or 'nvidia ampere'. */
export function formatAdapter(info: AdapterInfo): string {
  return info.description || listWords(info).join(' ') || 'a GPU that does not say its name'
}

function listWords({ vendor, architecture, device, description }: AdapterInfo): string[] {
  return [vendor, architecture, device, description].filter(word => !!word) as string[]
}
