import type { StyleMeta } from '@dicebear/core'
import type { CartoonCredit } from './style.ts'

/** What a package of DiceBear says of its drawing. */
export function creditOf({ title = '', creator = '', source = '', license }: StyleMeta): CartoonCredit {
  return { title, creator, source, licence: license?.name ?? '', licenceUrl: license?.url ?? '' }
}
