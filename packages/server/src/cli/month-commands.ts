// The words of `byfly months`.

import type { Command } from 'commander'
import { archiveMonthNow, listMonthsNow, reopenMonthNow, restoreMonthNow } from './months.ts'

export function addMonthCommands(program: Command): void {
  const months = program.command('months').description('закрытые месяцы: архив и возврат')
  months
    .command('list')
    .description('какие есть, сколько весят, что можно убрать в архив')
    .option('--json', 'для программ')
    .action(listMonthsNow)
  months
    .command('archive <month>')
    .description('убрать месяц в файлы, 2026-01; прервалось — повторите')
    .requiredOption('--to <folder>', 'папка этого месяца')
    .option('--keep', 'отсоединить, но не удалять из базы')
    .action(archiveMonthNow)
  months
    .command('reopen <month>')
    .description('отказаться от незаконченной архивации')
    .action(reopenMonthNow)
  months.command('restore <folder>').description('вернуть месяц из файлов').action(restoreMonthNow)
}
