import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import { parseUnits } from '../settings/bounds.ts'
import { text } from '../state/page-state.ts'

interface UnitsProps {
  readonly label: string
  readonly value: readonly number[]
  onChange(value: readonly number[]): void
}

/** Hidden layers, as their units: '64, 64'. */
export function UnitsField({ label, value, onChange }: UnitsProps): JSX.Element {
  const id = useId()
  const words = text.value.fields
  const [typed, setTyped] = useState<string | undefined>()
  const isWrong = typed !== undefined && parseUnits(typed) === undefined
  const take = () => {
    const units = typed === undefined ? undefined : parseUnits(typed)
    if (!units) return
    setTyped(undefined)
    if (units.join() !== value.join()) onChange(units)
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="text"
        autocomplete="off"
        spellcheck={false}
        value={typed ?? value.join(', ')}
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onChange={take}
        onBlur={() => !isWrong && setTyped(undefined)}
        onKeyDown={({ key }) => key === 'Enter' && take()}
      />
      <span id={`${id}-hint`} class={isWrong ? 'hint fault' : 'hint'} role={isWrong ? 'alert' : undefined}>
        {isWrong ? words.hiddenFault : words.hiddenHint}
      </span>
    </div>
  )
}
