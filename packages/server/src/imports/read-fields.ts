// The text of each field of a row, by what the mapping feeds it with.

import type { FormerRow } from '../ports/former-books.ts'
import type { Feed, Table } from './mapping.ts'
import { fault } from './read-values.ts'

export interface Fields {
  /** Null when nothing feeds it, or nothing is there. @throws RowFault */
  text(name: string, longest?: number): string | null
  /** @throws RowFault field_is_empty */
  needed(name: string): string
  read<Value>(name: string, read: (text: string) => Value): Value | null
}

export function fieldsOf(table: Table, row: FormerRow): Fields {
  const text: Fields['text'] = (name, longest) => {
    const feed = table.fields[name]
    const value = feed === undefined ? null : fed(feed, row, name)
    if (value === null) return null
    // No column holds it.
    if (value.includes('\0')) throw fault('text_unreadable', name, null)
    if (longest !== undefined && value.length > longest) throw fault('text_too_long', name, null)
    return value
  }
  return {
    text,
    needed(name) {
      const value = text(name)
      if (value === null) throw fault('field_is_empty', name, null)
      return value
    },
    read(name, read) {
      const value = text(name)
      return value === null ? null : read(value)
    },
  }
}

function fed(feed: Feed, row: FormerRow, name: string): string | null {
  if (typeof feed === 'string') return present(row[feed])
  if ('value' in feed) return feed.value
  const found = [feed.column].flat().map((column) => present(row[column]))
  const text = found.find((one) => one !== null) ?? null
  if (text === null) return feed.default ?? null
  if (feed.words === undefined) return text
  const word = Object.hasOwn(feed.words, text) ? feed.words[text] : undefined
  if (word === undefined) throw fault('word_unknown', name, text)
  return word
}

function present(text: string | null | undefined): string | null {
  return text === undefined || text === null || text === '' ? null : text
}
