// The settings of alerts as the centre keeps them, and a change of some of them.

import type {
  AlertSettingsAnswer,
  AlertSettingsChanged,
  AlertSettingsRequest,
} from '@byfly-pay/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { write } from '../api/call.ts'

export const ALERT_SETTINGS = ['alert-settings'] as const
export type AlertSettings = AlertSettingsAnswer['data']

export function useAlertChange() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: AlertSettingsRequest) =>
      write<AlertSettingsChanged>('PUT', '/api/admin/alert-settings', change),
    onSettled: () => client.invalidateQueries({ queryKey: ALERT_SETTINGS }),
  })
}
