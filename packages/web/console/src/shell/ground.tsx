// The ground that every page lies on, in the colour of the theme.

import { theme } from 'antd'
import type { ReactNode } from 'react'

export function Ground({ children }: { readonly children: ReactNode }) {
  const { token } = theme.useToken()
  return (
    <div style={{ background: token.colorBgLayout, color: token.colorText, minHeight: '100vh' }}>
      {children}
    </div>
  )
}
