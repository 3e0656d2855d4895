// Where an earlier centre's books are: a database by its address, or a folder.

import { resolve } from 'node:path'
import type { FormerBooks, FormerFiles } from '../ports/former-books.ts'
import { openCsvBooks } from './csv-books.ts'
import { openPostgresBooks } from './postgres-books.ts'

/** @param folder what a relative path is meant from */
export async function openFormerBooks(
  from: string,
  folder: string,
  files: FormerFiles,
): Promise<FormerBooks> {
  const isDatabase = /^postgres(ql)?:\/\//.test(from)
  return isDatabase ? openPostgresBooks(from) : openCsvBooks(resolve(folder, from), files)
}
