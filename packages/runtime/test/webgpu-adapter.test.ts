import { expect, test } from 'vitest'
import { type AdapterInfo, formatAdapter, isSoftwareAdapter } from '../src/webgpu/adapter.ts'

// As Dawn, Chromium and Firefox report them.
const software: AdapterInfo[] = [
  {
    vendor: 'google',
    architecture: 'swiftshader',
    device: 'swiftshader-device-subzero-',
    description: 'SwiftShader driver 5.0.0',
    isFallbackAdapter: true,
  },
  { vendor: 'google', architecture: 'swiftshader', device: '', description: '' },
  { vendor: 'mesa', architecture: '', device: '', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' },
  { vendor: 'microsoft', architecture: 'warp', device: '', description: 'Microsoft Basic Render Driver' },
  { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: true },
]
const hardware: AdapterInfo[] = [
  { vendor: 'nvidia', architecture: 'ampere', device: '', description: '', isFallbackAdapter: false },
  { vendor: 'apple', architecture: 'metal-3' },
  { vendor: 'intel', architecture: 'xe', description: 'Intel(R) Iris(R) Xe Graphics' },
  { vendor: 'amd', architecture: 'rdna-3', description: 'AMD Radeon RX 7800 XT (RADV NAVI32)' },
  { vendor: 'arm', architecture: 'valhall' },
  {},
]

test.each(software)('%o computes on the processor', info => {
  expect(isSoftwareAdapter(info)).toBe(true)
})

test.each(hardware)('%o is a GPU', info => {
  expect(isSoftwareAdapter(info)).toBe(false)
})

test('a name is the description, or else what else is said', () => {
  expect(formatAdapter(software[0]!)).toBe('SwiftShader driver 5.0.0')
  expect(formatAdapter(hardware[0]!)).toBe('nvidia ampere')
  expect(formatAdapter({})).toBe('a GPU that does not say its name')
})
