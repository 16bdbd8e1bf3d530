import {
  type InstallEvent,
  type InstallOptions,
  installNative,
  removeNative,
  type SurveyOptions,
  surveyBackends,
} from '@gankit/runtime/node'
import { formatJson } from '../terminal/filter.ts'
import { formatMegabytes } from '../terminal/format.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { formatSurvey } from './table.ts'

/** What was typed behind `gankit backends`. */
export interface SurveyFlags extends Pick<SurveyOptions, 'speed' | 'threads'> {
  readonly json?: boolean
}

/** What was typed behind `gankit backends install native`. */
export type InstallFlags = Pick<InstallOptions, 'gpu' | 'source' | 'tensorflow'>

/** Starts every backend, and prints which start and how fast they are. */
export async function printSurvey(
  { json, ...flags }: SurveyFlags,
  { out, progress }: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const found = await surveyBackends({
    ...flags,
    signal,
    onStart: name => {
      if (!json) progress.write(`Starting ${name} …\n`)
    },
  })
  out.write(json ? formatJson(found) : formatSurvey(found, out.columns ?? 80))
}

/** Installs native TensorFlow, and says where. */
export async function installBackend(
  flags: InstallFlags,
  { out, progress }: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const line = showInstall(progress)
  try {
    const installed = await installNative({ ...flags, signal, onEvent: line.show })
    line.end()
    const { package: name, version, tensorflow, source, folder, bytes } = installed
    const origin = source === 'wheel' ? "built against pip's wheel" : 'as released'
    out.write(
      `${name} ${version} with TensorFlow ${tensorflow}, ${origin}, trains a step.\n` +
        `It takes ${formatMegabytes(bytes)} in ${folder}\n` +
        `Every project uses it from now on; 'npx gankit backends remove native' removes it.\n`,
    )
  } finally {
    line.end()
  }
}

/** Removes native TensorFlow that gankit installed. */
export async function removeBackend({ out }: Terminal): Promise<void> {
  const removed = await removeNative()
  for (const { package: name, tensorflow, folder, bytes } of removed)
    out.write(`Removed ${name} with TensorFlow ${tensorflow}, ${formatMegabytes(bytes)}: ${folder}\n`)
  if (removed.length === 0) out.write('There is no native TensorFlow that gankit installed.\n')
}

/** Shows the phases of an install: on a terminal in a line that changes, elsewhere in plain lines. */
function showInstall(stream: NodeJS.WriteStream): { show(event: InstallEvent): void; end(): void } {
  let [phase, bytes] = ['', 0]
  const isLarge = () => bytes > 1e6
  const end = () => {
    if (phase === '') return
    if (stream.isTTY) stream.write('\n')
    else if (isLarge()) stream.write(`  ${formatMegabytes(bytes)}\n`)
    phase = ''
  }
  return {
    show(event) {
      if ('bytes' in event) {
        bytes = Math.max(bytes, event.bytes)
        const text = isLarge() ? `${phase}  ${formatMegabytes(bytes)}` : phase
        if (stream.isTTY && phase !== '') stream.write(`\r\x1b[K${text}`)
        return
      }
      end()
      bytes = 0
      if ('note' in event) stream.write(`  ${event.note}\n`)
      else {
        phase = `${event.phase} …`
        stream.write(stream.isTTY ? phase : `${phase}\n`)
      }
    },
    end,
  }
}
