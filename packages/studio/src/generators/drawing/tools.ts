import { type Signal, signal } from '@preact/signals'
import { type Color, ink, paper } from './sheet.ts'

export type DrawingKind = 'lines' | 'labels'
export type ToolName = 'brush' | 'eraser' | 'fill'
export const brushSizes = ['fine', 'middle', 'thick'] as const
export type BrushSize = (typeof brushSizes)[number]

/** Widths of brushes for a sheet of 64 pixels, in its pixels. */
const widths: Readonly<Record<'lines' | 'eraser' | 'labels', Readonly<Record<BrushSize, number>>>> = {
  lines: { fine: 1, middle: 2, thick: 3 },
  eraser: { fine: 3, middle: 6, thick: 10 },
  labels: { fine: 2, middle: 5, thick: 9 },
}

/** What the reader draws with. */
export class Tools {
  readonly kind: DrawingKind
  readonly tool: Signal<ToolName> = signal('brush')
  readonly size: Signal<BrushSize>
  /** The color of the chosen label. */
  readonly label: Signal<Color> = signal(ink)
  private readonly unit: number

  constructor(kind: DrawingKind, side: number) {
    this.kind = kind
    this.unit = Math.max(1, side / 64)
    this.size = signal(kind === 'labels' ? 'middle' : 'fine')
  }

  /** In pixels of the sheet. @param isEraser whether a pen is turned upside down */
  radius(isEraser: boolean = this.tool.value === 'eraser'): number {
    const kind = this.kind === 'labels' ? 'labels' : isEraser ? 'eraser' : 'lines'
    return (widths[kind][this.size.value] * this.unit) / 2
  }

  color(isEraser: boolean = this.tool.value === 'eraser'): Color {
    if (isEraser) return paper
    return this.kind === 'lines' ? ink : this.label.value
  }
}
