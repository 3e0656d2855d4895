// Who is logged in and what they may do: everything on the page asks here before it shows an action.

import type { MeAnswer } from '@byfly-pay/contract'
import { useQuery } from '@tanstack/react-query'
import { dayIn } from '../show/period.ts'
import { CallError, read } from './call.ts'

export type Me = MeAnswer['data']
export type Right = Me['rights'][number]

/** Somebody is in, nobody is, or somebody who must get a second factor first. */
export type Standing = Me | 'must_enrol' | null

export const ME = ['me'] as const
/** How far the centre is set up, which anybody may ask. */
export const SETUP = ['setup'] as const

async function standing(): Promise<Standing> {
  try {
    return await read<MeAnswer>('/api/admin/me')
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    if (error.code === 'staff_unauthorized') return null
    if (error.code === 'second_factor_setup_required') return 'must_enrol'
    throw error
  }
}

export function useStanding() {
  return useQuery({ queryKey: ME, queryFn: standing, staleTime: 60_000 })
}

/** @throws outside the pages of whoever is logged in: a fault of the program */
export function useMe(): Me {
  const { data } = useStanding()
  if (data === null || data === undefined || data === 'must_enrol') {
    throw new Error('страница без сотрудника')
  }
  return data
}

/** The day that it is at the centre: figures, closed days and lists are of its days. */
export function useToday(): string {
  return dayIn(useMe().zone)
}

export function useMay(): (right: Right) => boolean {
  const { rights } = useMe()
  return (right) => rights.includes(right)
}
