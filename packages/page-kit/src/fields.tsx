import type { JSX } from 'preact'
import { useId } from 'preact/hooks'

interface SelectProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly Value[]
  /** What an option is called. Default: its value. */
  name?(value: Value): string
  onChange(value: Value): void
}

/** One of several names. */
export function Select<Value extends string>({
  label,
  value,
  options,
  name = String,
  onChange,
}: SelectProps<Value>): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as Value)}>
        {options.map(option => (
          <option key={option} value={option}>
            {name(option)}
          </option>
        ))}
      </select>
    </div>
  )
}

interface NumberProps {
  readonly label: string
  readonly value: number
  /** Values that are offered; another one, out of a link, is offered too. */
  readonly options: readonly number[]
  onChange(value: number): void
}

/** One of several numbers: none of them can be mistyped. */
export function NumberSelect({ label, value, options, onChange }: NumberProps): JSX.Element {
  const all = options.includes(value) ? options : [...options, value].sort((a, b) => a - b)
  return (
    <Select
      label={label}
      value={String(value)}
      options={all.map(String)}
      onChange={chosen => onChange(Number(chosen))}
    />
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  onChange(checked: boolean): void
}

export function Check({ label, checked, onChange }: CheckProps): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {label}
    </label>
  )
}

interface WholeNumberProps {
  readonly label: string
  readonly value: number | undefined
  readonly min: number
  readonly max: number
  readonly placeholder?: string
  onChange(value: number | undefined): void
}

/** A whole number; what is none is taken back. */
export function WholeNumber({
  label,
  value,
  min,
  max,
  placeholder,
  onChange,
}: WholeNumberProps): JSX.Element {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={min}
        max={max}
        step={1}
        placeholder={placeholder}
        value={value ?? ''}
        onChange={({ currentTarget }) => {
          const typed = currentTarget.value.trim() === '' ? undefined : Number(currentTarget.value)
          const fits = typed === undefined || (Number.isInteger(typed) && typed >= min && typed <= max)
          if (fits) onChange(typed)
          else currentTarget.value = String(value ?? '')
        }}
      />
    </div>
  )
}

interface SegmentsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly Value[]
  name(value: Value): string
  onChange(value: Value): void
}

/** One of a few names, all in sight. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  name,
  onChange,
}: SegmentsProps<Value>): JSX.Element {
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{label}</legend>
      {options.map(option => (
        <button key={option} type="button" aria-pressed={option === value} onClick={() => onChange(option)}>
          {name(option)}
        </button>
      ))}
    </fieldset>
  )
}
