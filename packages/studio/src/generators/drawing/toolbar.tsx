import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../state/language.ts'
import type { LabelShare } from '../protocol.ts'
import type { Sheet } from './sheet.ts'
import { brushSizes, type ToolName, type Tools } from './tools.ts'

const icons: Readonly<Record<ToolName | 'undo' | 'redo' | 'clear', string>> = {
  brush: 'M4 20l1-4L16.5 4.5a2 2 0 0 1 3 3L8 19l-4 1zM14.5 6.5l3 3',
  eraser: 'M9 19l-5-5a2 2 0 0 1 0-3l7-7a2 2 0 0 1 3 0l5 5a2 2 0 0 1 0 3l-7 7zM8 8l8 8M9 19h11',
  fill: 'M11 4l8 8-7 7a2 2 0 0 1-3 0l-5-5a2 2 0 0 1 0-3l7-7zM4 12.5h14.5M21 16c-1 1.5-1.5 2-1.5 3a1.5 1.5 0 0 0 3 0c0-1-.5-1.5-1.5-3z',
  undo: 'M9 6L4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3',
  redo: 'M15 6l5 5-5 5M20 11H10a5 5 0 0 0 0 10h3',
  clear: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
}

interface Props {
  readonly sheet: Sheet
  readonly tools: Tools
  readonly labels: readonly Omit<LabelShare, 'share'>[]
}

/** What one draws with, and the way back; Ctrl+Z and Ctrl+Y go it too. */
export function Toolbar({ sheet, tools, labels }: Props): JSX.Element {
  const words = text.value.generators.drawing
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase()
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !['z', 'y'].includes(key)) return
      event.preventDefault()
      sheet.go(key === 'y' || event.shiftKey ? 1 : -1)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [sheet])
  const names: readonly ToolName[] = ['brush', tools.kind === 'labels' ? 'fill' : 'eraser']
  return (
    <div class="toolbar">
      <fieldset class="group" aria-label={words.tools}>
        {names.map(name => (
          <button
            key={name}
            type="button"
            aria-pressed={tools.tool.value === name}
            onClick={() => {
              tools.tool.value = name
            }}
          >
            <Icon name={name} />
            {words[name]}
          </button>
        ))}
      </fieldset>
      <fieldset class="group" aria-label={words.size}>
        {brushSizes.map(size => (
          <button
            key={size}
            type="button"
            class={`brush-size ${size}`}
            title={words.sizes[size]}
            aria-label={words.sizes[size]}
            aria-pressed={tools.size.value === size}
            onClick={() => {
              tools.size.value = size
            }}
          >
            <i />
          </button>
        ))}
      </fieldset>
      <div class="group">
        <Step name="undo" isOff={!sheet.canUndo.value} act={() => sheet.go(-1)} />
        <Step name="redo" isOff={!sheet.canRedo.value} act={() => sheet.go(1)} />
        <Step name="clear" isOff={false} act={() => sheet.clear()} />
      </div>
      {tools.kind === 'labels' ? <PaletteOf tools={tools} labels={labels} /> : null}
    </div>
  )
}

function Icon({ name }: { readonly name: keyof typeof icons }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={icons[name]} />
    </svg>
  )
}

interface StepProps {
  readonly name: 'undo' | 'redo' | 'clear'
  readonly isOff: boolean
  act(): void
}

function Step({ name, isOff, act }: StepProps): JSX.Element {
  const word = text.value.generators.drawing[name]
  return (
    <button type="button" title={word} aria-label={word} disabled={isOff} onClick={act}>
      <Icon name={name} />
    </button>
  )
}

function PaletteOf({ tools, labels }: Omit<Props, 'sheet'>): JSX.Element {
  const { drawing, names } = text.value.generators
  return (
    <fieldset class="palette" aria-label={drawing.palette}>
      {labels.map(({ name, color }) => (
        <button
          key={name}
          type="button"
          aria-pressed={String(tools.label.value) === String(color)}
          onClick={() => {
            tools.label.value = color
          }}
        >
          <i class="patch" style={{ background: `rgb(${color.join(', ')})` }} />
          {names.labels[name] ?? name}
        </button>
      ))}
    </fieldset>
  )
}
