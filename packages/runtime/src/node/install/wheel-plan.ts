/** The parts of a TensorFlow wheel with which the addon is built and run. */
export interface WheelPlan {
  /** Name of the package for pip. */
  readonly wheel: string
  /** Platforms to request from pip. */
  readonly tags: readonly string[]
  /** The members of the wheel to unpack: the C headers and the shared libraries. */
  readonly members: RegExp
  /**
   * The published SHA-256 of the tested version's wheel, in hexadecimal. Where it is not known, pip compares the wheel with what
   * its index says.
   */
  readonly sha256?: string
  /** Names that the linker looks for, and the libraries of the wheel that they link to. */
  readonly links: Readonly<Record<string, string>>
}

/** The TensorFlow that the addon is built against by default. */
export const testedTensorflow = '2.21.0'

/** The Python of the wheel that is fetched first. No Python of a wheel is run, so that any would do. */
export const wheelPython = '3.11'

/** SHA-256 of wheels of the tested version for `wheelPython`, as PyPI publishes them, by wheel and machine. */
const publishedHashes: Readonly<Record<string, string>> = {
  'tensorflow-cpu linux x64': '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
}

/** @returns the plan for a platform, or why the platform has no wheel */
export function wheelPlan(
  gpu: boolean,
  { platform, arch, musl }: { platform: string; arch: string; musl: boolean } = detectPlatform(),
): WheelPlan | string {
  if (platform === 'win32')
    return 'on Windows no wheel brings a library to link against: use WSL 2, or the backends webgpu or wasm'
  if (musl) return 'TensorFlow has no wheels for musl (Alpine): use an image with glibc, such as node:22-slim'
  if (arch !== 'x64' && arch !== 'arm64') return `TensorFlow has no wheels for ${platform} on ${arch}`
  if (platform === 'linux') {
    if (gpu && arch !== 'x64') return 'TensorFlow has CUDA wheels only for Linux on x86-64'
    const machine = arch === 'x64' ? 'x86_64' : 'aarch64'
    const wheel = gpu || arch === 'arm64' ? 'tensorflow' : 'tensorflow-cpu'
    const sha256 = publishedHashes[`${wheel} ${platform} ${arch}`]
    return {
      wheel,
      ...(sha256 && { sha256 }),
      tags: ['manylinux_2_27', 'manylinux_2_17', 'manylinux2014'].map(tag => `${tag}_${machine}`),
      members: matchMembers(String.raw`libtensorflow_(cc|framework)\.so\.2`),
      links: {
        'libtensorflow.so': 'libtensorflow_cc.so.2',
        'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
      },
    }
  }
  if (platform !== 'darwin') return `TensorFlow has no wheels for ${platform}`
  if (gpu) return 'CUDA does not run on macOS: use the backend webgpu'
  if (arch !== 'arm64')
    return 'TensorFlow has no wheels for Intel Macs any more: use the backends webgpu or wasm'
  return {
    wheel: 'tensorflow',
    tags: ['macosx_12_0_arm64'],
    members: matchMembers(String.raw`libtensorflow_(cc|framework)\.2\.dylib`),
    links: { 'libtensorflow.2.dylib': 'libtensorflow_cc.2.dylib' },
  }
}

function matchMembers(libraries: string): RegExp {
  const headers = String.raw`include/(tensorflow/c|tensorflow/core/platform|tsl|xla/tsl)/.*\.h`
  return new RegExp(`^tensorflow/(${headers}|${libraries})$`)
}

function detectPlatform(): { platform: string; arch: string; musl: boolean } {
  const { platform, arch } = process
  // Only a process on glibc has the version of glibc in its report.
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined
  return { platform, arch, musl: platform === 'linux' && !report?.header?.glibcVersionRuntime }
}
