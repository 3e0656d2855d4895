// The frame around every page: where one can go, a search that leads to payments, the bell, and the way out.

import { MenuOutlined } from '@ant-design/icons'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { Button, Drawer, Flex, Grid, Layout, Menu, theme } from 'antd'
import { useState } from 'react'
import { useMe } from '../api/me.ts'
import { LeftToDo } from '../first-run/left-to-do.tsx'
import { useWords } from '../words/language.tsx'
import { Account } from './account.tsx'
import { Bell } from './bell.tsx'
import { placesFor } from './navigation.tsx'
import { Search } from './search.tsx'

const SIDE_WIDTH = 208

export function Shell() {
  const words = useWords()
  const { token } = theme.useToken()
  const isWide = Grid.useBreakpoint().lg === true
  const [isOpen, setOpen] = useState(false)
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
            <Search />
            <div style={{ flex: '1 0 0' }} />
            <Bell />
            <Account />
          </Flex>
        </Layout.Header>
        <Layout.Content style={{ padding: isWide ? 24 : 12, minWidth: 0 }}>
          <LeftToDo />
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
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
        items={places.map(({ icon, page, path }) => ({
          key: page,
          icon,
          label: words.pages[page],
          onClick: () => {
            onGo()
            void navigate({ to: path })
          },
        }))}
      />
    </nav>
  )
}
