import { formatCount } from '@gankit/page-kit'
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import type { CatalogApp } from '../apps/catalog.ts'
import { text } from '../state/language.ts'
import { listDropped, nameOf, pathOf, splitPairs } from './dropped-files.ts'
import type { ChosenData, StreamSummary } from './protocol.ts'

type Chosen = Readonly<Record<string, ChosenData>>

interface Props {
  readonly app: CatalogApp
  readonly streams: readonly StreamSummary[]
  readonly chosen: Chosen
  onChange(chosen: Chosen): void
}

const picture = /\.(jpe?g|jfif|png|webp|gif|bmp|avif)$/i

/** The data of a run: the app's own, or pictures that a person chooses or drops. */
export function OwnPictures({ app, streams, chosen, onChange }: Props): JSX.Element {
  const words = text.value.training
  const isTogether = app.own !== 'streams'
  const places = isTogether
    ? [{ name: '', label: words.own }]
    : streams.map(({ name }) => ({ name, label: words.ownOf(name) }))
  const isOwn = Object.values(chosen).some(({ kind }) => kind === 'files')
  const spec = streams.find(({ spec: usual }) => usual)?.spec ?? ''
  const shipped =
    words.shipped[/^(cartoon|birds)/.exec(spec)?.[1] as 'cartoon' | 'birds'] ?? words.shipped.embedded
  /** @returns what is wrong with the files, where something is */
  const take = (place: string, files: readonly File[]): string | undefined => {
    const pictures = files.filter(file => picture.test(file.name))
    if (pictures.length === 0) return words.notPictures
    const name = nameOf(pictures)
    if (app.own === 'pairs') {
      const sides = splitPairs(pictures)
      if (!sides) return words.notPairs
      const [input, target] = streams as [StreamSummary, StreamSummary]
      onChange({
        [input.name]: { kind: 'files', name: `${name}/A`, files: sides[0] },
        [target.name]: { kind: 'files', name: `${name}/B`, files: sides[1] },
      })
    } else if (isTogether)
      onChange(
        Object.fromEntries(streams.map(stream => [stream.name, { kind: 'files', name, files: pictures }])),
      )
    else onChange({ ...chosen, [place]: { kind: 'files', name, files: pictures } })
    return undefined
  }
  return (
    <fieldset class="own">
      <legend>{words.data}</legend>
      {isOwn ? null : <p>{shipped}</p>}
      {places.map(({ name, label }) => (
        <Place
          key={name}
          label={label}
          hint={app.own === 'pairs' ? words.pairsHint : words.ownHint}
          chosen={chosen[isTogether ? streams[0]!.name : name]}
          onFiles={files => take(name, files)}
        />
      ))}
      {isOwn ? (
        <button type="button" onClick={() => onChange({})}>
          {words.forget}
        </button>
      ) : null}
    </fieldset>
  )
}

interface PlaceProps {
  readonly label: string
  readonly hint: string
  readonly chosen: ChosenData | undefined
  onFiles(files: readonly File[]): string | undefined
}

function Place({ label, hint, chosen, onFiles }: PlaceProps): JSX.Element {
  const words = text.value.training
  const id = useId()
  const fault = useSignal<string | undefined>(undefined)
  const isOver = useSignal(false)
  const take = (files: readonly File[]) => {
    fault.value = onFiles(files)
  }
  return (
    <fieldset
      class={isOver.value ? 'place over' : 'place'}
      onDragOver={event => {
        event.preventDefault()
        isOver.value = true
      }}
      onDragLeave={() => {
        isOver.value = false
      }}
      onDrop={async event => {
        event.preventDefault()
        isOver.value = false
        if (event.dataTransfer) take(await listDropped(event.dataTransfer))
      }}
    >
      <legend class="visually-hidden">{label}</legend>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        multiple
        // A folder is chosen as a whole.
        ref={element => element?.setAttribute('webkitdirectory', '')}
        onChange={({ currentTarget }) => {
          take(Array.from(currentTarget.files ?? []))
          // The same folder may be chosen again.
          currentTarget.value = ''
        }}
      />
      {chosen?.kind === 'files' ? (
        <p>
          <strong>{words.chosen(formatCount(chosen.files.length), chosen.name)}</strong>
          {chosen.files[0] ? <span class="note"> {pathOf(chosen.files[0])}, …</span> : null}
        </p>
      ) : (
        <p class="note">{hint}</p>
      )}
      {fault.value ? (
        <p class="fault" role="alert">
          {fault.value}
        </p>
      ) : null}
    </fieldset>
  )
}
