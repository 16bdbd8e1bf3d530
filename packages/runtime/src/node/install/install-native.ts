import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { nativeCacheFolder } from './cache-folder.ts'
import { addCuda, cudaRequirements } from './cuda.ts'
import { installError } from './failure.ts'
import { type NativeInstall, nativeInstalls, recordName } from './installed.ts'
import { inOwnProcess, whyNoResult } from './own-process.ts'
import { buildAddon, fetchPackage, fetchRelease, slimDown } from './package.ts'
import { checkRoom, findTools, type Tools } from './requirements.ts'
import { sizeOf } from './run-program.ts'
import type { Trial } from './trial.ts'
import { fetchWheels, stage, unpack } from './wheel.ts'
import { type WheelPlan, wheelPlan } from './wheel-plan.ts'
import { type InstallEvent, openWorkshop, putInPlace, type Workshop } from './workshop.ts'

/** The TensorFlow that the addon is built against unless another is asked for. */
const testedTensorflow = '2.21.0'

export interface InstallOptions {
  /** tfjs-node-gpu and CUDA, instead of tfjs-node. */
  readonly gpu?: boolean
  /**
   * 'release': what tfjs-node downloads from Google's storage; 'wheel': built against a wheel from pip. Default: the
   * first, and where it fails the second; with `gpu` the second, which brings a CUDA of this decade.
   */
  readonly source?: 'release' | 'wheel'
  /** Version of the wheel. */
  readonly tensorflow?: string
  /** Stops it; everything is as before then. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: InstallEvent) => void
}

/**
 * Installs native TensorFlow into gankit's cache folder, where `selectBackend` finds it from any project. It is built
 * aside, trains a step in a process of its own, and is moved into place only then; whatever fails, what was there
 * before stays as it was.
 * @throws GankitError with what is missing or failed, or the signal's reason
 */
export async function installNative(options: InstallOptions = {}): Promise<NativeInstall> {
  const { gpu = false, source, signal, onEvent = () => {} } = options
  const plan = wheelPlan(gpu)
  if (typeof plan === 'string' && (source === 'wheel' || gpu)) throw installError(plan)
  onEvent({ phase: 'Checking what is needed' })
  const tools = await findTools(signal)
  const root = nativeCacheFolder()
  await checkRoom(root, gpu ? 12 : 2)
  const folder = await openWorkshop(root)
  try {
    return await build(options, plan, tools, root, { folder, signal, report: onEvent })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function build(
  { gpu = false, source, tensorflow = testedTensorflow }: InstallOptions,
  plan: WheelPlan | string,
  tools: Tools,
  root: string,
  workshop: Workshop,
): Promise<NativeInstall> {
  const { folder, signal, report } = workshop
  const name = gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node'
  const version = tf.version.tfjs
  const home = join(folder, 'home')
  await mkdir(home)

  report({ phase: `Fetching ${name} ${version} from npm` })
  const main = await fetchPackage(tools, name, version, home, workshop)

  let released = false
  if (source === 'release' || (source === undefined && !gpu)) {
    report({ phase: `Trying ${name}'s own download` })
    const why = await fetchRelease(tools, main, workshop)
    released = why === undefined
    if (why !== undefined && source === 'release') throw installError(`${name}'s own download failed: ${why}`)
    if (why !== undefined) report({ note: `not to be had: ${why}` })
  }
  if (!released) {
    if (typeof plan === 'string') throw installError(plan)
    const deps = join(main, 'deps')
    report({ phase: `Fetching ${plan.wheel} ${tensorflow} with pip` })
    const [wheel] = await fetchWheels(tools.python, [`${plan.wheel}==${tensorflow}`], plan.tags, workshop)
    const cuda = gpu ? await cudaRequirements(tools.python, wheel!, signal) : []
    report({ phase: 'Unpacking its library' })
    const unpacked = join(folder, 'wheel')
    await unpack(tools.python, wheel!, plan.members, unpacked, workshop)
    await stage(unpacked, deps, plan, signal)
    if (gpu) await addCuda(tools.python, cuda, plan, deps, workshop)
    report({ phase: `Building the addon with ${tools.compiler}` })
    await buildAddon(tools, main, workshop)
  }
  await slimDown(main)

  report({ phase: 'Training a step to see that it works' })
  const outcome = await inOwnProcess<Trial>('tryNative', [main], { cwd: folder, signal, seconds: 120 })
  if ('ended' in outcome) throw installError(`a step could not be trained: ${whyNoResult(outcome.ended)}`)
  const trial = outcome.result
  if (gpu && !trial.gpu)
    throw installError('TensorFlow finds no GPU that it can use: see that nvidia-smi lists one')

  const { platform, arch } = process
  const key = `${name.split('/')[1]}-${version}-tf${trial.tensorflow}-${platform}-${arch}`
  const place = join(root, key)
  const record: NativeInstall = {
    folder: place,
    package: name,
    version,
    tensorflow: trial.tensorflow,
    source: released ? 'release' : 'wheel',
    platform,
    arch,
    bytes: await sizeOf(home),
  }
  await writeFile(join(home, recordName), `${JSON.stringify(record, null, 2)}\n`)
  signal?.throwIfAborted()
  await putInPlace(home, place, folder)
  const others = nativeInstalls(root).filter(other => other.package === name && other.folder !== place)
  for (const other of others) await rm(other.folder, { recursive: true, force: true })
  return record
}

/** Removes what `installNative` installed for this platform. @returns what there was */
export async function removeNative(): Promise<NativeInstall[]> {
  const installs = nativeInstalls()
  for (const { folder } of installs) await rm(folder, { recursive: true, force: true })
  return installs
}
