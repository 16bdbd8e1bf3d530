export { createPage, exportPage, type PageOptions } from './node/export-page.ts'
export { openGenerator, saveGenerator } from './node/model-files.ts'
