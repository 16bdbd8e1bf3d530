import type { DataSource } from '@gankit/cli'
import { mnist } from '@gankit/datasets'
import { downloadMnist, mnistFolder } from '@gankit/datasets/node'

type Dataset = Awaited<ReturnType<typeof mnist>>

/** What `--data` takes: 'embedded' (10,000 digits), 'download' (all 70,000), or a folder of IDX files. */
export async function openData({ spec, report }: DataSource): Promise<Dataset> {
  if (spec === 'embedded') return mnist()
  if (spec !== 'download') return mnistFolder(spec)
  report('Data     download: the four files of MNIST, 11 MB, unless they are in the cache')
  return mnistFolder(await downloadMnist(), { split: 'all' })
}
