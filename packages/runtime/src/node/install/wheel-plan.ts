/** What of a TensorFlow wheel the addon is built and run with. */
export interface WheelPlan {
  /** What pip calls it. */
  readonly wheel: string
  /** Platforms that pip is asked for where it has no wheel for the Python at hand. */
  readonly tags: readonly string[]
  /** The members of the wheel that are needed: the C headers and the shared libraries. */
  readonly members: RegExp
  /** Names under which the linker looks for the libraries, and what they are in the wheel. */
  readonly links: Readonly<Record<string, string>>
}

/** @returns the plan for a platform, or why there is none */
export function wheelPlan(
  gpu: boolean,
  { platform, arch, musl }: { platform: string; arch: string; musl: boolean } = here(),
): WheelPlan | string {
  if (platform === 'win32')
    return 'on Windows no wheel brings a library to link against: use WSL 2, or the backends webgpu or wasm'
  if (musl) return 'TensorFlow has no wheels for musl (Alpine): use an image with glibc, such as node:22-slim'
  if (arch !== 'x64' && arch !== 'arm64') return `TensorFlow has no wheels for ${platform} on ${arch}`
  if (platform === 'linux') {
    if (gpu && arch !== 'x64') return 'TensorFlow has CUDA wheels only for Linux on x86-64'
    const machine = arch === 'x64' ? 'x86_64' : 'aarch64'
    return {
      wheel: gpu || arch === 'arm64' ? 'tensorflow' : 'tensorflow-cpu',
      tags: ['manylinux_2_27', 'manylinux_2_17', 'manylinux2014'].map(tag => `${tag}_${machine}`),
      members: members(String.raw`libtensorflow_(cc|framework)\.so\.2`),
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
    members: members(String.raw`libtensorflow_(cc|framework)\.2\.dylib`),
    links: { 'libtensorflow.2.dylib': 'libtensorflow_cc.2.dylib' },
  }
}

function members(libraries: string): RegExp {
  const headers = String.raw`include/(tensorflow/c|tensorflow/core/platform|tsl|xla/tsl)/.*\.h`
  return new RegExp(`^tensorflow/(${headers}|${libraries})$`)
}

function here(): { platform: string; arch: string; musl: boolean } {
  const { platform, arch } = process
  // The report has the version of glibc where the process runs on it.
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } } | undefined
  return { platform, arch, musl: platform === 'linux' && !report?.header?.glibcVersionRuntime }
}
