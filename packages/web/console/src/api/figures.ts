// Figures of a period by up to two groups, as the centre sums them; nothing is added up here.

import type { FiguresAnswer } from '@byfly-pay/contract'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Period } from '../show/period.ts'
import { read } from './call.ts'
import { useMay } from './me.ts'

export type Figures = FiguresAnswer['data']
export type FiguresLine = Figures['lines'][number]
type Group = Figures['group_by'][number]

export function useFigures(
  { from, to }: Period,
  groups: readonly Group[],
  currency: string | undefined,
  everyMs: number | false = false,
) {
  const may = useMay()
  return useQuery({
    queryKey: ['figures', from, to, groups, currency],
    queryFn: () =>
      read<FiguresAnswer>('/api/admin/figures', {
        date_from: from,
        date_to: to,
        group_by: groups.join(','),
        currency,
      }),
    enabled: may('figures.read'),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
  })
}
