import {
  type InstallOptions,
  installNative,
  maxThreads,
  removeNative,
  type SurveyOptions,
  surveyBackends,
} from '@gankit/runtime/node'
import { Argument, Command, Option } from 'commander'
import { installProgress } from './backends-progress.ts'
import { megabytes, tableOf } from './backends-table.ts'
import { stoppable } from './interrupt.ts'
import { wholeNumber } from './numbers.ts'
import type { Output } from './output.ts'

interface SurveyFlags extends Pick<SurveyOptions, 'speed' | 'threads'> {
  readonly json?: boolean
}

type InstallFlags = Pick<InstallOptions, 'gpu' | 'source' | 'tensorflow'>

/** `gankit backends`, and below it `install native` and `remove native`. */
export function backendsCommand(output: Output): Command {
  return new Command('backends')
    .description('what can train on this machine, how fast, and what to type for the rest')
    .option('--json', 'print the findings as one JSON object')
    .option('--no-speed', 'start each backend, but measure none')
    .option('--threads <n>', 'threads of wasm and of native TensorFlow', wholeNumber(1, maxThreads))
    .action((flags: SurveyFlags) => stoppable(output.progress, signal => survey(flags, output, signal)))
    .addCommand(
      new Command('install')
        .description("install native TensorFlow into gankit's cache folder; projects stay as they are")
        .addArgument(what())
        .option('--gpu', 'for CUDA: tfjs-node-gpu and the CUDA libraries')
        .addOption(
          new Option('--source <name>', "tfjs-node's own download, or a wheel from pip").choices([
            'release',
            'wheel',
          ]),
        )
        .option('--tensorflow <version>', 'the wheel to build against')
        .action((_: string, flags: InstallFlags) =>
          stoppable(output.progress, signal => install(flags, output, signal)),
        ),
    )
    .addCommand(
      new Command('remove')
        .description("remove what 'install' installed")
        .addArgument(what())
        .action(() => remove(output)),
    )
}

function what(): Argument {
  return new Argument('<what>', 'native TensorFlow').choices(['native'])
}

async function survey({ json, ...flags }: SurveyFlags, output: Output, signal: AbortSignal): Promise<void> {
  const found = await surveyBackends({
    ...flags,
    signal,
    onStart: name => {
      if (!json) output.progress.write(`Asking ${name} …\n`)
    },
  })
  output.out.write(json ? `${JSON.stringify(found)}\n` : tableOf(found, output.out.columns ?? 80))
}

async function install(flags: InstallFlags, output: Output, signal: AbortSignal): Promise<void> {
  const progress = installProgress(output.progress)
  try {
    const {
      package: name,
      version,
      tensorflow,
      source,
      folder,
      bytes,
    } = await installNative({
      ...flags,
      signal,
      onEvent: progress.event,
    })
    progress.end()
    const origin = source === 'wheel' ? "built against pip's wheel" : 'as released'
    output.out.write(
      `${name} ${version} with TensorFlow ${tensorflow}, ${origin}, trains a step.\n` +
        `It takes ${megabytes(bytes)} in ${folder}\n` +
        `Every project uses it from now on; 'npx gankit backends remove native' removes it.\n`,
    )
  } finally {
    progress.end()
  }
}

async function remove(output: Output): Promise<void> {
  const removed = await removeNative()
  for (const { package: name, tensorflow, folder, bytes } of removed)
    output.out.write(`Removed ${name} with TensorFlow ${tensorflow}, ${megabytes(bytes)}: ${folder}\n`)
  if (removed.length === 0) output.out.write('There is no native TensorFlow that gankit installed.\n')
}
