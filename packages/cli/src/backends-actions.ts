import {
  type InstallOptions,
  installNative,
  removeNative,
  type SurveyOptions,
  surveyBackends,
} from '@gankit/runtime/node'
import { installProgress } from './backends-progress.ts'
import { megabytes, tableOf } from './backends-table.ts'
import type { Output } from './output.ts'

export interface SurveyFlags extends Pick<SurveyOptions, 'speed' | 'threads'> {
  readonly json?: boolean
}

export type InstallFlags = Pick<InstallOptions, 'gpu' | 'source' | 'tensorflow'>

export async function survey(
  { json, ...flags }: SurveyFlags,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const found = await surveyBackends({
    ...flags,
    signal,
    onStart: name => {
      if (!json) output.progress.write(`Asking ${name} …\n`)
    },
  })
  output.out.write(json ? `${JSON.stringify(found)}\n` : tableOf(found, output.out.columns ?? 80))
}

export async function install(flags: InstallFlags, output: Output, signal: AbortSignal): Promise<void> {
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

export async function remove(output: Output): Promise<void> {
  const removed = await removeNative()
  for (const { package: name, tensorflow, folder, bytes } of removed)
    output.out.write(`Removed ${name} with TensorFlow ${tensorflow}, ${megabytes(bytes)}: ${folder}\n`)
  if (removed.length === 0) output.out.write('There is no native TensorFlow that gankit installed.\n')
}
