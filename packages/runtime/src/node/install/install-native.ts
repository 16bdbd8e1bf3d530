import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { type BuildContext, type InstallEvent, moveIntoPlace, openBuildFolder } from './build-context.ts'
import { addCuda, readCudaRequirements } from './cuda.ts'
import { createInstallError } from './failure.ts'
import { listNativeInstalls, type NativeInstall, nativeCacheFolder, recordName } from './installed.ts'
import { callInOwnProcess, explainMissingResult } from './own-process.ts'
import { buildAddon, fetchPackage, fetchRelease, removeBuildFiles } from './package.ts'
import { checkFreeSpace, findTools, type Tools } from './requirements.ts'
import { measureFolder } from './run-program.ts'
import type { SmokeTestResult } from './smoke-test.ts'
import { downloadWheels, stageWheel, unpackWheel } from './wheel.ts'
import { testedTensorflow, type WheelPlan, wheelPlan } from './wheel-plan.ts'

export interface InstallOptions {
  /** tfjs-node-gpu and CUDA, instead of tfjs-node. */
  readonly gpu?: boolean
  /**
   * 'wheel': an addon built against a wheel from pip; 'release': the binaries that tfjs-node downloads from Google's storage,
   * which are compared with no hash. Default: 'wheel'; where there is none for the platform, 'release'.
   */
  readonly source?: 'release' | 'wheel'
  /** Version of the wheel. */
  readonly tensorflow?: string
  /** Stops the install, and leaves everything as it was. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: InstallEvent) => void
}

/**
 * Installs native TensorFlow into gankit's cache folder, where `selectBackend` finds it from any project. The install is
 * built beside its place, trains a step in a process of its own, and only then moves into place; a failure leaves an
 * earlier install as it was.
 * @throws GankitError that names what is missing or failed, or the signal's reason
 */
export async function installNative(options: InstallOptions = {}): Promise<NativeInstall> {
  const { gpu = false, source, signal, onEvent = () => {} } = options
  const plan = wheelPlan(gpu)
  if (typeof plan === 'string' && (source === 'wheel' || gpu)) throw createInstallError(plan)
  onEvent({ phase: 'Checking what is needed' })
  const tools = await findTools(signal)
  const root = nativeCacheFolder()
  await checkFreeSpace(root, gpu ? 12 : 2)
  const folder = await openBuildFolder(root)
  const context = { folder, signal, report: onEvent }
  try {
    const built = await build(options, plan, tools, context)
    const record = await describe(built, root)
    signal?.throwIfAborted()
    await moveIntoPlace(built.home, record.folder, folder)
    await removeOlder(record, root)
    return record
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** An install in the build folder that trained a step. */
interface Built {
  /** The folder that holds all of the install. */
  readonly home: string
  readonly name: NativeInstall['package']
  readonly version: string
  readonly source: NativeInstall['source']
  readonly tensorflow: string
}

async function build(
  options: InstallOptions,
  plan: WheelPlan | string,
  tools: Tools,
  context: BuildContext,
): Promise<Built> {
  const { gpu = false } = options
  const name = gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node'
  const version = tf.version.tfjs
  const home = join(context.folder, 'home')
  await mkdir(home)
  context.report({ phase: `Fetching ${name} ${version} from npm` })
  const main = await fetchPackage(tools, name, version, home, context)
  const isReleased = options.source === 'release' || typeof plan === 'string'
  if (isReleased) await downloadRelease(tools, name, main, context)
  else await buildAgainstWheel(options, plan, tools, main, context)
  await removeBuildFiles(main)
  const { tensorflow } = await runSmokeTest(main, gpu, context)
  return { home, name, version, source: isReleased ? 'release' : 'wheel', tensorflow }
}

async function downloadRelease(
  tools: Tools,
  name: string,
  main: string,
  context: BuildContext,
): Promise<void> {
  context.report({ phase: `Running ${name}'s own download` })
  context.report({ note: 'what it downloads from Google is compared with no hash' })
  const why = await fetchRelease(tools, main, context)
  if (why !== undefined) throw createInstallError(`${name}'s own download failed: ${why}`)
}

async function buildAgainstWheel(
  { gpu = false, tensorflow = testedTensorflow }: InstallOptions,
  plan: WheelPlan,
  tools: Tools,
  main: string,
  context: BuildContext,
): Promise<void> {
  const { folder, signal, report } = context
  const deps = join(main, 'deps')
  report({ phase: `Fetching ${plan.wheel} ${tensorflow} with pip` })
  const hash = tensorflow === testedTensorflow ? plan.sha256 : undefined
  if (!hash)
    report({
      note: `the hash of this wheel of ${plan.wheel} ${tensorflow} is not known here: pip compares it with its index's`,
    })
  const wanted = [`${plan.wheel}==${tensorflow}${hash ? ` --hash=sha256:${hash}` : ''}`]
  const [wheel] = await downloadWheels(tools.python, wanted, plan.tags, context)
  const cuda = gpu ? await readCudaRequirements(tools.python, wheel!, signal) : []
  report({ phase: 'Unpacking its library' })
  const unpacked = join(folder, 'wheel')
  await unpackWheel(tools.python, wheel!, plan.members, unpacked, context)
  await stageWheel(unpacked, deps, plan, signal)
  if (gpu) await addCuda(tools.python, cuda, plan, deps, context)
  report({ phase: `Building the addon with ${tools.compiler}` })
  await buildAddon(tools, main, context)
}

async function runSmokeTest(
  main: string,
  gpu: boolean,
  { folder, signal, report }: BuildContext,
): Promise<SmokeTestResult> {
  report({ phase: 'Training a step to see that it works' })
  const options = { cwd: folder, signal, seconds: 120 }
  const outcome = await callInOwnProcess<SmokeTestResult>('smokeTestNative', [main], options)
  if ('ended' in outcome)
    throw createInstallError(`a step could not be trained: ${explainMissingResult(outcome.ended)}`)
  if (gpu && !outcome.result.gpu)
    throw createInstallError('TensorFlow finds no GPU that it can use: see that nvidia-smi lists one')
  return outcome.result
}

/** Writes the record of an install into the install. @param root folder into which the install will move */
async function describe(
  { home, name, version, source, tensorflow }: Built,
  root: string,
): Promise<NativeInstall> {
  const { platform, arch } = process
  const key = `${name.split('/')[1]}-${version}-tf${tensorflow}-${platform}-${arch}`
  const record: NativeInstall = {
    folder: join(root, key),
    package: name,
    version,
    tensorflow,
    source,
    platform,
    arch,
    bytes: await measureFolder(home),
  }
  await writeFile(join(home, recordName), `${JSON.stringify(record, null, 2)}\n`)
  return record
}

/** Removes the other installs of the same package. */
async function removeOlder({ package: name, folder }: NativeInstall, root: string): Promise<void> {
  const others = listNativeInstalls(root).filter(other => other.package === name && other.folder !== folder)
  for (const other of others) await rm(other.folder, { recursive: true, force: true })
}

/** Removes every install for this platform. @returns the removed installs */
export async function removeNative(): Promise<NativeInstall[]> {
  const installs = listNativeInstalls()
  for (const { folder } of installs) await rm(folder, { recursive: true, force: true })
  return installs
}
