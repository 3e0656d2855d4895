// How much room is left where the centre keeps its files.

import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DiskRoom } from '../ports/examination.ts'

/** Of a folder that is not there yet, the room of the one that it would be made in. */
export async function roomAt(path: string, holds: DiskRoom['holds']): Promise<DiskRoom> {
  try {
    const { bavail, blocks, bsize } = await statfs(path)
    return { path, holds, freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    return { ...(await roomAt(dirname(path), holds)), path }
  }
}
