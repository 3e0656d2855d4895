// The words of `byfly months`.

import type { Command } from 'commander'
import { lazily } from './lazily.ts'

export function addMonthCommands(program: Command): void {
  const months = program.command('months').description('закрытые месяцы: архив и возврат')
  months
    .command('list')
    .description('какие есть, сколько весят, что можно убрать в архив')
    .option('--json', 'для программ')
    .action(lazily(() => import('./months.ts'), 'listMonthsNow'))
  months
    .command('archive <month>')
    .description('убрать месяц в файлы, 2026-01; прервалось — повторите')
    .requiredOption('--to <folder>', 'папка этого месяца')
    .option('--keep', 'отсоединить, но не удалять из базы')
    .action(lazily(() => import('./months.ts'), 'archiveMonthNow'))
  months
    .command('reopen <month>')
    .description('отказаться от незаконченной архивации')
    .action(lazily(() => import('./months.ts'), 'reopenMonthNow'))
  months
    .command('restore <folder>')
    .description('вернуть месяц из файлов')
    .action(lazily(() => import('./months.ts'), 'restoreMonthNow'))
}
