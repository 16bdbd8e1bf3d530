import { GankitError, isGankitError } from '../errors.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the disk: make room, or choose another folder',
  EDQUOT: 'the disk quota is used up: make room, or choose another folder',
  EACCES: 'permission denied: choose a folder that you may write to',
  EPERM: 'not permitted: choose a folder that you may write to',
  EROFS: 'the file system is read-only: choose another folder',
  ENOTDIR: 'a part of the path is a file, expected folders',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, expected a file',
  EEXIST: 'it exists already',
  ENAMETOOLONG: 'the name is too long',
  ENOTFILE: 'it is a pipe or a device, expected a file',
  ELOOP: 'it is a link, expected a file of the folder itself',
  EOUTSIDE: 'it is a link that leads out of its folder, expected a file of the folder itself',
}

/** A file system's error as one line that says what to do; an error of gankit as it is. */
export function fileError(action: string, path: string, error: unknown): GankitError {
  if (isGankitError(error)) return error
  const { code, message } = error as NodeJS.ErrnoException
  const why = reasons[code ?? ''] ?? message
  return new GankitError('core', 'file', `could not ${action} ${path}: ${why}`, { cause: error })
}
