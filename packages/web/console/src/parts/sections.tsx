// The sections of a page: tabs where there is room, one list to choose from on a phone.

import { Grid, Select, Tabs } from 'antd'
import { useWords } from '../words/language.tsx'

interface Props<Key extends string> {
  readonly here: Key
  readonly sections: readonly {
    readonly key: Key
    readonly title: string
    readonly count?: number
  }[]
  readonly onGo: (key: Key) => void
  /** One under another: for more than fit beside each other. */
  readonly isTall?: boolean
}

export function Sections<Key extends string>({ here, isTall = false, onGo, sections }: Props<Key>) {
  const words = useWords()
  const isWide = Grid.useBreakpoint().md === true
  const named = sections.map(({ count = 0, key, title }) => ({
    key,
    // The count is never alone on a line.
    label: count === 0 ? title : `${title}\u00a0·\u00a0${count}`,
  }))
  if (isWide) {
    return (
      <Tabs
        tabPlacement={isTall ? 'start' : 'top'}
        activeKey={here}
        onChange={(key) => onGo(key as Key)}
        items={named}
      />
    )
  }
  return (
    <Select<Key>
      aria-label={words.menu}
      size="large"
      value={here}
      onChange={onGo}
      options={named.map(({ key, label }) => ({ value: key, label }))}
    />
  )
}
