import { zipSync } from 'fflate'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../state/language.ts'
import type { TrainingClient } from './client.ts'

/** What one takes away from a run: its model, and what says which weights these are. */
export function RunFiles({ client }: { readonly client: TrainingClient }): JSX.Element {
  const words = text.value.training
  const saved = client.saved.value
  const isMoving = client.phase.value?.phase === 'training'
  const isThere = isMoving || client.phase.value?.phase === 'ended'
  useEffect(() => {
    if (!saved) return
    const name = client.stored.value?.id ?? 'model'
    // Weights are as good as random: there is nothing to compress.
    const zip = zipSync(
      { 'model.json': new TextEncoder().encode(saved.model), 'weights.bin': saved.weights },
      { level: 0 },
    )
    download(new Blob([zip as Uint8Array<ArrayBuffer>], { type: 'application/zip' }), `${name}.zip`)
    client.saved.value = undefined
  }, [saved])
  return (
    <div class="run-files">
      {isThere ? (
        <button type="button" onClick={() => client.save()}>
          {words.saveModel}
        </button>
      ) : null}
      {isMoving ? null : (
        <button
          type="button"
          onClick={() => {
            client.close()
            client.run.value = undefined
            client.describe(client.stored.value?.config.app ?? '')
          }}
        >
          {words.again}
        </button>
      )}
      {client.weights.value ? (
        <p class="note">
          {words.weights} <code id="weights">{client.weights.value}</code>
        </p>
      ) : null}
    </div>
  )
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser reads the blob after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
