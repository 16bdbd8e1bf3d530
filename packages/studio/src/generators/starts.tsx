import { formatCount } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { text } from '../state/language.ts'
import { callWorker } from './client.ts'
import { PictureCanvas } from './picture-canvas.tsx'
import type { ExampleKind, Pixels } from './protocol.ts'

const shownCount = 8

interface Props {
  readonly kind: ExampleKind
  /** Given each example that is chosen, and the very first one before anybody chose. */
  onExample(pixels: Pixels, isFirst: boolean): void
  onFile(file: File): void
}

/** What one may start from: faces that nothing learned from, and pictures of one's own. */
export function Starts({ kind, onExample, onFile }: Props): JSX.Element {
  const words = text.value.generators.starts
  const [from, setFrom] = useState(0)
  const [examples, setExamples] = useState<readonly Pixels[]>([])
  const [failure, setFailure] = useState('')
  const latest = useRef({ onExample, onFile })
  latest.current = { onExample, onFile }

  useEffect(() => {
    let isShown = true
    const load = async () => {
      try {
        // One at a time: what the first one becomes is shown before the others are drawn.
        for (let i = 0; i < shownCount && isShown; i++) {
          const example = await callWorker('drawExample', { kind, at: from + i })
          if (!isShown) return
          if (from + i === 0) latest.current.onExample(example, true)
          setExamples(before => (i === 0 ? [example] : [...before, example]))
        }
      } catch (error) {
        // What the message expects is for who writes a page, not for who looks at it.
        if (isShown) setFailure((error as Error).message.split(', expected ')[0]!)
      }
    }
    void load()
    return () => {
      isShown = false
    }
  }, [kind, from])

  useEffect(() => {
    const take = (files: FileList | undefined) => {
      const file = files?.[0]
      if (file) latest.current.onFile(file)
    }
    const drop = (event: DragEvent) => take(event.dataTransfer?.files)
    const paste = (event: ClipboardEvent) => take(event.clipboardData?.files)
    document.addEventListener('drop', drop)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('drop', drop)
      document.removeEventListener('paste', paste)
    }
  }, [])

  const places = Array.from({ length: shownCount }, (_, i) => examples[i])
  return (
    <section class="starts">
      <h2>{words.title}</h2>
      {failure ? <p class="note">{words.failed(failure)}</p> : null}
      <fieldset class="strip" aria-label={words.title}>
        {failure
          ? null
          : places.map((pixels, i) => (
              <button
                key={i}
                type="button"
                class={pixels ? 'tile' : 'tile waiting'}
                disabled={!pixels}
                aria-label={words.example(formatCount(i + 1))}
                onClick={() => pixels && onExample(pixels, false)}
              >
                <PictureCanvas pixels={pixels} />
              </button>
            ))}
      </fieldset>
      <div class="tools">
        {failure ? null : (
          <button type="button" onClick={() => setFrom(from + shownCount)}>
            {words.more}
          </button>
        )}
        <FileButton onFile={onFile} />
        <span class="note">{words.hint}</span>
      </div>
    </section>
  )
}

function FileButton({ onFile }: Pick<Props, 'onFile'>): JSX.Element {
  return (
    <label class="button">
      <input
        class="visually-hidden"
        type="file"
        accept="image/*"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0]
          if (file) onFile(file)
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
      {text.value.generators.starts.choose}
    </label>
  )
}
