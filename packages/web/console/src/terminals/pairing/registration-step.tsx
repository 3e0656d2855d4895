// The registration: somebody presses «Разрешить» on the terminal's screen. The call waits for that and is made
// once; leaving the page does not cut it short.

import type { RegisterAnswer } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Spin, Typography } from 'antd'
import { write } from '../../api/call.ts'
import { Trouble } from '../../parts/trouble.tsx'
import { useWords } from '../../words/language.tsx'
import type { StepProps } from './pair-page.tsx'
import { isProtected } from './pair-search.ts'

/** A little more than the centre itself waits for the tap. */
const TAP_MS = 150_000

export function RegistrationStep({ terminal, onNext }: StepProps) {
  const words = useWords().devices.pair
  const client = useQueryClient()
  const { id, registered_name: name, trouble } = terminal
  const registering = useMutation({
    mutationFn: () =>
      write<RegisterAnswer>(
        'POST',
        `/api/admin/terminals/${id}/register`,
        {},
        { patienceMs: TAP_MS },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ['terminals'] }),
  })
  const { data, error, isPending, mutate } = registering
  const isKnown = name !== null && trouble === null
  if (!isProtected(terminal)) {
    return (
      <Flex vertical gap={16} align="flex-start">
        <Alert type="info" showIcon title={words.noRegistration} />
        <Next onNext={onNext} />
      </Flex>
    )
  }
  return (
    <Flex vertical gap={16} align="flex-start">
      {isKnown ? (
        <Alert type="success" showIcon title={words.registered(name)} />
      ) : (
        <Typography.Text>{words.registrationText}</Typography.Text>
      )}
      {isPending ? (
        <Flex gap={12} align="center" role="status">
          <Spin />
          <Typography.Text strong>{words.registering}</Typography.Text>
        </Flex>
      ) : null}
      {data === undefined || data.outcome === 'registered' ? null : (
        <Alert type="error" showIcon role="alert" title={words.outcome[data.outcome]} />
      )}
      <Trouble error={error} ofWrite />
      <Flex gap={8} wrap>
        {isKnown ? <Next onNext={onNext} /> : null}
        <Button type={isKnown ? 'default' : 'primary'} loading={isPending} onClick={() => mutate()}>
          {isKnown ? words.registerAgain : words.register}
        </Button>
      </Flex>
    </Flex>
  )
}

function Next({ onNext }: Pick<StepProps, 'onNext'>) {
  const words = useWords().devices.pair
  return (
    <Button type="primary" onClick={onNext}>
      {words.next}
    </Button>
  )
}
