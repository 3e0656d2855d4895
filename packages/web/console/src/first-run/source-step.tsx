// The first source: made by the same form as all others, and its token shown once there.

import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useSources } from '../api/places.ts'
import { Loaded } from '../parts/loaded.tsx'
import { NewSource } from '../sources/new-source.tsx'
import { useWords } from '../words/language.tsx'
import { FIRST_RUN } from './standing.ts'

export function SourceStep() {
  const words = useWords().firstRun.source
  const client = useQueryClient()
  const sources = useSources()
  const [isAdding, setAdding] = useState(false)
  const finish = () => {
    setAdding(false)
    void client.invalidateQueries({ queryKey: FIRST_RUN })
  }
  return (
    <Loaded query={sources} rows={2}>
      {(data) => (
        <Flex vertical gap={12} align="flex-start">
          {data.length === 0 ? null : (
            <Typography.Text>
              {words.have} {data.map(({ name }) => name).join(', ')}
            </Typography.Text>
          )}
          <Flex gap={16} align="center" wrap>
            <Button
              type={data.length === 0 ? 'primary' : 'default'}
              onClick={() => setAdding(true)}
            >
              {words.add}
            </Button>
            <Link to="/sources">{words.more}</Link>
          </Flex>
          {isAdding ? <NewSource onDone={finish} /> : null}
        </Flex>
      )}
    </Loaded>
  )
}
