import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { type CsvPoints, packCsv, readCsv } from '../games/csv.ts'
import { changeGame, chooseData, text } from '../state/page-state.ts'

/** Bytes of a file that is read at most. */
const maxBytes = 20 * 2 ** 20
/** Bad lines that are named. */
const maxNamed = 5

type Reading =
  | { readonly name: string; readonly points: CsvPoints; readonly taken: number }
  | { readonly name: string; readonly fault: 'none' | 'tooLarge' | 'unreadable'; readonly points?: CsvPoints }

const reading = signal<Reading | undefined>(undefined)

/** Reads a file of points, and starts a game on them where it has any. */
export async function openFile(file: File): Promise<void> {
  const { name } = file
  if (file.size > maxBytes) {
    reading.value = { name, fault: 'tooLarge' }
    return
  }
  let content: string
  try {
    content = await file.text()
  } catch {
    reading.value = { name, fault: 'unreadable' }
    return
  }
  const points = readCsv(content)
  if (points.count === 0) {
    reading.value = { name, fault: 'none', points }
    return
  }
  const { taken, text } = packCsv(points)
  reading.value = { name, points, taken }
  chooseData(points.dimensions === 1 ? 'file-line' : 'file-plane')
  changeGame({ points: text })
}

/** Chooses a file of points; says how many it holds, and which of its lines hold none. */
export function FilePicker(): JSX.Element {
  const words = text.value.file
  return (
    <div class="file">
      <label class="button">
        {words.choose}
        <input
          type="file"
          class="visually-hidden"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0]
            currentTarget.value = ''
            if (file) void openFile(file)
          }}
        />
      </label>
      <p class="hint">{words.hint}</p>
      <FileReport />
    </div>
  )
}

/** What the last file held. */
export function FileReport(): JSX.Element {
  const words = text.value.file
  const { value } = reading
  if (!value) return <div aria-live="polite" />
  const bad = value.points?.bad ?? []
  return (
    <div class="report" aria-live="polite">
      <p class={'fault' in value ? 'fault' : ''}>
        <strong>{value.name}</strong>:{' '}
        {'fault' in value
          ? words[value.fault]
          : words.read(value.points.count, value.points.dimensions) +
            (value.taken < value.points.count ? words.taken(value.taken) : '')}
      </p>
      {bad.length > 0 ? (
        <>
          <p>{words.bad(bad.length)}</p>
          <ul>
            {bad.slice(0, maxNamed).map(({ line, text, why }) => (
              <li key={line}>
                {line}: <code>{text}</code> ({words.why[why]})
              </li>
            ))}
            {bad.length > maxNamed ? <li>{words.more(bad.length - maxNamed)}</li> : null}
          </ul>
        </>
      ) : null}
    </div>
  )
}
