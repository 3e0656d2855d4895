// How the page looks: light or dark, with motion or without, antd's words in the page's language, and the
// nonce that the policy of the centre asks of every style.

import { App, ConfigProvider, theme } from 'antd'
import enUS from 'antd/locale/en_US'
import kkKZ from 'antd/locale/kk_KZ'
import ruRU from 'antd/locale/ru_RU'
import uzUZ from 'antd/locale/uz_UZ'
import dayjs from 'dayjs'
import 'dayjs/locale/kk'
import 'dayjs/locale/ru'
import 'dayjs/locale/uz-latn'
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import { keep, kept } from '../show/kept.ts'
import { useSpeech } from '../words/language.tsx'
import type { Language } from '../words/words.ts'
import { nonce } from './nonce.ts'

type Theme = 'light' | 'dark'

interface Look {
  readonly theme: Theme
  readonly turn: () => void
}

const LookContext = createContext<Look>({ theme: 'light', turn: () => {} })
const LOCALES = { ru: ruRU, kk: kkKZ, uz: uzUZ, en: enUS } as const
const DAYJS: Readonly<Record<Language, string>> = { ru: 'ru', kk: 'kk', uz: 'uz-latn', en: 'en' }

/** Contrast of every text on its ground is at least 4.5 : 1 in both. */
const TOKENS = {
  light: {
    colorPrimary: '#0b5fd6',
    // The usual hover is lighter, and on a phone a finger leaves it behind.
    colorPrimaryHover: '#0a52b8',
    colorLink: '#0b5fd6',
    colorLinkHover: '#0a51b7',
    colorInfo: '#0b5fd6',
    colorSuccess: '#157347',
    colorWarning: '#9a5b00',
    colorError: '#c0262d',
    colorSuccessBg: '#e6f5ec',
    colorSuccessBorder: '#a9d9bd',
    colorWarningBg: '#fdf1dc',
    colorWarningBorder: '#ecd0a0',
    colorErrorBg: '#fdebec',
    colorErrorBorder: '#f2b8bb',
    colorTextSecondary: '#4d5560',
    colorTextTertiary: '#5c6470',
    colorTextDescription: '#4d5560',
    colorTextPlaceholder: '#656d78',
    colorBgLayout: '#f4f5f7',
  },
  dark: {
    colorPrimary: '#2f6fe4',
    colorPrimaryHover: '#2861cb',
    colorLink: '#84b3ff',
    colorLinkHover: '#a9caff',
    colorInfo: '#9cc4ff',
    colorInfoBg: '#14243d',
    colorError: '#ff8080',
    colorTextSecondary: '#b6bcc6',
    colorTextTertiary: '#a5acb8',
    colorTextDescription: '#b6bcc6',
    colorTextPlaceholder: '#9aa1ad',
    colorBgLayout: '#0e1014',
    colorBgContainer: '#17191e',
    colorBgElevated: '#1f2229',
  },
} as const

/** A source has seven tabs, and a small desk: those that do not fit go into a menu that a screen reader cannot place. */
const TABS = { horizontalItemGutter: 20 }

const COMPONENTS = {
  light: { Tabs: TABS },
  dark: {
    Tabs: { ...TABS, itemSelectedColor: '#a9caff', itemHoverColor: '#a9caff' },
    Menu: { itemSelectedColor: '#a9caff' },
    Button: { dangerColor: '#2a0a0a' },
  },
} as const

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"

const system = matchMedia('(prefers-color-scheme: dark)')
/** Whoever asks their machine for little motion gets none: what opens is there at once. */
const stillness = matchMedia('(prefers-reduced-motion: reduce)')

/** What was chosen here; else what the machine is set to, also where that turns by the hour. */
function preferred(): Theme {
  const chosen = kept('theme')
  if (chosen === 'light' || chosen === 'dark') return chosen
  return system.matches ? 'dark' : 'light'
}

export function Looking({ children }: { readonly children: ReactNode }) {
  const { language } = useSpeech()
  const [chosen, setChosen] = useState(preferred)
  const isStill = useMatch(stillness)
  const look = useMemo<Look>(() => {
    const other = chosen === 'dark' ? 'light' : 'dark'
    const turn = () => {
      keep('theme', other)
      setChosen(other)
    }
    return { theme: chosen, turn }
  }, [chosen])
  useEffect(() => {
    const follow = () => setChosen(preferred())
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  }, [])
  useEffect(() => {
    document.documentElement.style.colorScheme = chosen
  }, [chosen])
  dayjs.locale(DAYJS[language])
  return (
    <LookContext value={look}>
      <ConfigProvider
        csp={{ nonce }}
        locale={LOCALES[language]}
        theme={{
          algorithm: chosen === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
          components: COMPONENTS[chosen],
          token: { fontFamily: FONT, fontSize: 15, motion: !isStill, ...TOKENS[chosen] },
        }}
      >
        <App>{children}</App>
      </ConfigProvider>
    </LookContext>
  )
}

function useMatch(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => query.matches,
  )
}

export function useLook(): Look {
  return useContext(LookContext)
}
