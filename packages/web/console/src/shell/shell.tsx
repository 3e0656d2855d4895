// The frame around every page: where one can go, a search and a palette, the bell, and the way out; and what is
// said when the centre is not heard.

import { MenuOutlined, ThunderboltOutlined } from '@ant-design/icons'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { Button, Drawer, Flex, Grid, type InputRef, Layout, Menu, Tooltip, theme } from 'antd'
import { type RefObject, useRef, useState } from 'react'
import { useMe } from '../api/me.ts'
import { LeftToDo } from '../first-run/left-to-do.tsx'
import { useListening } from '../live/listening.tsx'
import { LostLine } from '../live/lost-line.tsx'
import { useWords } from '../words/language.tsx'
import { Account } from './account.tsx'
import { Bell } from './bell.tsx'
import { KeyHelp } from './key-help.tsx'
import { letterOf, PALETTE_KEYS, useKeys } from './keys.ts'
import { placesFor } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { Search } from './search.tsx'

const SIDE_WIDTH = 208

export function Shell() {
  const words = useWords()
  const { token } = theme.useToken()
  const isWide = Grid.useBreakpoint().lg === true
  const [isOpen, setOpen] = useState(false)
  const search = useRef<InputRef>(null)
  const { above, setAbove } = useAbove(search)
  useListening()
  const ground = { background: token.colorBgContainer }
  return (
    <Layout style={{ minHeight: '100vh' }}>
      {isWide ? (
        <Layout.Sider
          width={SIDE_WIDTH}
          theme="light"
          style={{ ...ground, position: 'sticky', top: 0, height: '100vh', overflow: 'auto' }}
        >
          <Brand />
          <Places onGo={() => {}} />
        </Layout.Sider>
      ) : (
        <Drawer
          open={isOpen}
          onClose={() => setOpen(false)}
          placement="left"
          size={280}
          title={words.product}
          styles={{ body: { padding: 0 } }}
        >
          <Places onGo={() => setOpen(false)} />
        </Drawer>
      )}
      <Layout>
        <Layout.Header
          style={{ ...ground, padding: '0 16px', height: 'auto', lineHeight: 'normal' }}
        >
          <Flex align="center" gap={8} style={{ minHeight: 56 }}>
            {isWide ? null : (
              <Button
                type="text"
                icon={<MenuOutlined />}
                aria-label={words.menu}
                onClick={() => setOpen(true)}
              />
            )}
            <Search field={search} />
            {isWide ? <PaletteButton onOpen={() => setAbove('palette')} /> : null}
            <div style={{ flex: '1 0 0' }} />
            <Bell />
            <Account />
          </Flex>
        </Layout.Header>
        <LostLine />
        <Layout.Content style={{ padding: isWide ? 24 : 12, minWidth: 0 }}>
          <LeftToDo />
          <Outlet />
        </Layout.Content>
      </Layout>
      <Palette isOpen={above === 'palette'} onClose={() => setAbove(null)} />
      <KeyHelp isOpen={above === 'help'} onClose={() => setAbove(null)} />
    </Layout>
  )
}

/** What lies over the page, one thing at a time, as the keys ask for it. */
function useAbove(search: RefObject<InputRef | null>) {
  const [above, setAbove] = useState<'palette' | 'help' | null>(null)
  const { rights } = useMe()
  const navigate = useNavigate()
  useKeys({
    onPalette: () => setAbove((now) => (now === 'palette' ? null : 'palette')),
    onHelp: () => setAbove('help'),
    onSearch: () => search.current?.focus({ cursor: 'all' }),
    onGo: (code) => {
      const place = placesFor(rights).find(({ letter }) => letter === code)
      if (place !== undefined) void navigate({ to: place.path })
    },
  })
  return { above, setAbove }
}

function PaletteButton({ onOpen }: { readonly onOpen: () => void }) {
  const words = useWords().palette
  return (
    <Tooltip title={`${words.open} (${PALETTE_KEYS})`}>
      <Button
        type="text"
        icon={<ThunderboltOutlined />}
        aria-label={words.open}
        aria-keyshortcuts="Control+K"
        onClick={onOpen}
      />
    </Tooltip>
  )
}

function Brand() {
  const words = useWords()
  return <div style={{ padding: '18px 24px', fontSize: 17, fontWeight: 600 }}>{words.product}</div>
}

function Places({ onGo }: { readonly onGo: () => void }) {
  const words = useWords()
  const { rights } = useMe()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const places = placesFor(rights)
  const here = places.find(({ path }) => pathname.startsWith(path))
  return (
    <nav aria-label={words.menu}>
      <Menu
        mode="inline"
        style={{ borderInlineEnd: 'none' }}
        selectedKeys={here === undefined ? [] : [here.page]}
        items={places.map(({ icon, letter, page, path }) => ({
          key: page,
          icon,
          label: words.pages[page],
          title: letter === undefined ? '' : `${words.pages[page]} (G ${letterOf(letter)})`,
          onClick: () => {
            onGo()
            void navigate({ to: path })
          },
        }))}
      />
    </nav>
  )
}
