export type { DrawingKind, DrawingPageOptions, PageColor } from './node/drawing-page.ts'
export { createPage, exportPage, type PageOptions } from './node/export-page.ts'
export { openGenerator, readModelArtifacts, saveGenerator } from './node/model-files.ts'
