// A list under one's eyes: what is shown is kept up to date where it stands, and what is new is announced, not
// pushed in above.

import { ArrowUpOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../words/language.tsx'

export interface Steady<Row> {
  readonly shown: readonly Row[]
  /** How many wait to be shown. */
  readonly news: number
  readonly show: () => void
}

/**
 * @param rows the newest first
 * @param idOf grows with the age of the list: what is newer has a greater one
 * @param view names what the list is of: another one begins anew; null while its rows have not come
 */
export function useSteady<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  view: string | null,
): Steady<Row> {
  const newest = rows[0] === undefined ? '' : idOf(rows[0])
  const [seen, setSeen] = useState({ view, upTo: newest })
  const isOther = view !== null && (seen.view !== view || seen.upTo === '')
  if (isOther && (seen.view !== view || newest !== '')) setSeen({ view, upTo: newest })
  const upTo = isOther ? newest : seen.upTo
  const known = rows.filter((row) => idOf(row) <= upTo)
  // Where nothing of it is left there is nothing to keep in its place.
  const shown = view === null || known.length === 0 ? rows : known
  return {
    shown,
    news: rows.length - shown.length,
    show: () => setSeen({ view, upTo: newest }),
  }
}

export function News({ news, show }: Pick<Steady<unknown>, 'news' | 'show'>) {
  const words = useWords().live
  return (
    <span role="status">
      {news === 0 ? null : (
        <Button type="primary" size="small" icon={<ArrowUpOutlined />} onClick={show}>
          {words.news(news)}
        </Button>
      )}
    </span>
  )
}
