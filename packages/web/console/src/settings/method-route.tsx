// Which way the money of a method goes: terminals, Kaspi QR API, or one when the other is busy.

import type { MethodChangedAnswer, MethodData } from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Select } from 'antd'
import { write } from '../api/call.ts'
import { useMay } from '../api/me.ts'
import { Trouble } from '../parts/trouble.tsx'
import { useWords } from '../words/language.tsx'

const ROUTES = ['terminals_first', 'terminals_only', 'qr_api_only'] as const
type Route = (typeof ROUTES)[number]

export function MethodRoute({ method }: { readonly method: MethodData }) {
  const words = useWords().qrApi
  const may = useMay()
  const client = useQueryClient()
  const changing = useMutation({
    mutationFn: (route: Route) =>
      write<MethodChangedAnswer>('PUT', `/api/admin/payment-methods/${method.id}`, { route }),
    onSettled: () => client.invalidateQueries({ queryKey: ['methods'] }),
  })
  return (
    <>
      <Select<Route>
        aria-label={`${words.route}: ${method.name}`}
        style={{ width: '100%' }}
        value={method.route}
        disabled={!may('methods.write')}
        loading={changing.isPending}
        options={ROUTES.map((value) => ({ value, label: words.routes[value] }))}
        onChange={(route) => changing.mutate(route)}
      />
      <Trouble error={changing.error} ofWrite />
    </>
  )
}
