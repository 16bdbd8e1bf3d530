import type { CartoonStyle } from '../../cartoon/styles.ts'
import type { ImageOptions } from '../../images/image-options.ts'
import type { DownloadProgress } from '../download/download.ts'
import type { PackOptions } from '../packed/plan.ts'

/** What a spec may be told beside its path or count; plain data, so that a run's configuration can hold it. */
export interface DataOptions extends Omit<ImageOptions, 'background' | 'resize'> {
  /** How cartoon faces are drawn. Default 'personas'. */
  readonly style?: CartoonStyle
  /** Which faces or points there are. Default 0. */
  readonly dataSeed?: number
}

/** How a dataset is got: where it is kept, and what is told on the way. */
export interface DataSurroundings extends PackOptions {
  readonly onDownload?: (progress: DownloadProgress) => void
}
