// Language and theme: what a person chooses for this browser.

import { MoonOutlined, SunOutlined } from '@ant-design/icons'
import { Button, Flex, Select } from 'antd'
import { useSpeech } from '../words/language.tsx'
import { LANGUAGE_NAMES, LANGUAGES } from '../words/words.ts'
import { useLook } from './look.tsx'

export function Choices() {
  const { language, speak, words } = useSpeech()
  const { theme, turn } = useLook()
  return (
    <Flex gap={8} align="center" wrap>
      <Select
        aria-label={words.language}
        value={language}
        onChange={speak}
        style={{ width: 120 }}
        options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
      />
      <Button icon={theme === 'dark' ? <SunOutlined /> : <MoonOutlined />} onClick={turn}>
        {theme === 'dark' ? words.light : words.dark}
      </Button>
    </Flex>
  )
}
