/** What a WebGPU adapter says of itself; every word may be empty, for a browser may keep it to itself. */
export interface AdapterInfo {
  readonly vendor?: string
  readonly architecture?: string
  readonly device?: string
  readonly description?: string
  readonly isFallbackAdapter?: boolean
}

/** Drivers that compute on the processor: SwiftShader, Mesa's two, and Windows' WARP. */
const softwareDrivers = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i

/** Whether a driver of this name computes on the processor instead of a GPU. */
export function isSoftwareDriver(name: string): boolean {
  return softwareDrivers.test(name)
}

/** Whether there is no GPU behind an adapter. */
export function isSoftwareAdapter(info: AdapterInfo): boolean {
  return info.isFallbackAdapter === true || isSoftwareDriver(words(info).join(' '))
}

/** An adapter in words, such as 'SwiftShader driver 5.0.0' or 'nvidia ampere'. */
export function adapterName(info: AdapterInfo): string {
  return info.description || words(info).join(' ') || 'a GPU that does not say its name'
}

function words({ vendor, architecture, device, description }: AdapterInfo): string[] {
  return [vendor, architecture, device, description].filter(word => !!word) as string[]
}
