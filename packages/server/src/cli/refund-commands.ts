// The words of `byfly refund` and what each is for.

import { REFUND_REASONS } from '@byfly-pay/core'
import type { Command } from 'commander'
import { lazily } from './lazily.ts'

export function addRefundCommands(program: Command): void {
  const refund = program.command('refund').description('возвраты')
  refund
    .command('create <payment>')
    .description('запросить возврат; на терминале его начинают из консоли центра')
    .requiredOption('--reason <reason>', `почему: ${REFUND_REASONS.join(', ')}`)
    .option('--amount <tiyn>', 'сколько вернуть, в тиынах; без неё — всё')
    .option('--note <text>', 'пояснение для сотрудников')
    .option('--pay-again', 'открыть новый платёж вместо этого')
    .action(lazily(() => import('./refund.ts'), 'createRefund'))
  refund
    .command('list')
    .description('последние возвраты')
    .option('--payment <id>', 'одного платежа')
    .option('--state <state>', 'в этом состоянии')
    .option('--limit <n>', 'сколько показать', '50')
    .action(lazily(() => import('./refund.ts'), 'listRefunds'))
  refund
    .command('approve <id>')
    .description('подтвердить чужой возврат')
    .action(lazily(() => import('./refund.ts'), 'approveRefundNow'))
  refund
    .command('decline <id>')
    .description('отклонить чужой возврат')
    .requiredOption('--reason <text>', 'почему')
    .action(lazily(() => import('./refund.ts'), 'declineRefundNow'))
  refund
    .command('cancel <id>')
    .description('отменить возврат')
    .action(lazily(() => import('./refund.ts'), 'cancelRefundNow'))
  refund
    .command('resolve <id>')
    .description('сказать, чем кончился возврат, о котором терминал уже не скажет')
    .requiredOption('--outcome <outcome>', 'refunded или not_refunded')
    .option('--amount <tiyn>', 'сколько вернулось, в тиынах')
    .requiredOption('--evidence <text>', 'на что вы смотрели')
    .requiredOption('--reason <text>', 'почему решаете вручную')
    .action(lazily(() => import('./refund.ts'), 'resolveRefundNow'))
  refund
    .command('approval <tiyn>')
    .description('возвраты больше этой суммы подтверждает второй человек; none — никто')
    .action(lazily(() => import('./refund.ts'), 'setApprovalNow'))
}
