export interface ExportFlags {
  readonly to: 'tfjs' | 'half' | 'html'
  readonly out: string
  readonly best?: boolean
}
