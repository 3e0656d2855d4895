// The words of `byfly qr-api` and their flags.

import type { Command } from 'commander'
import { lazily } from './lazily.ts'

export function addQrApiCommands(program: Command): void {
  const qrApi = program.command('qr-api').description('подключения Kaspi QR API')
  withFlags(qrApi.command('add <name> <address>'))
    .description('добавить подключение')
    .requiredOption('--scheme <scheme>', 'схема договора: r1, r2 или r3')
    .requiredOption('--trade-point <number>', 'номер торговой точки в Kaspi Pay')
    .action(lazily(() => import('./qr-api.ts'), 'addConnectionNow'))
  withFlags(qrApi.command('set <id>'))
    .description('изменить; что не названо, остаётся')
    .option('--name <name>', 'имя')
    .option('--address <address>', 'адрес API')
    .option('--scheme <scheme>', 'схема договора: r1, r2 или r3')
    .option('--trade-point <number>', 'номер торговой точки в Kaspi Pay')
    .option('--enabled', 'вернуть в работу')
    .option('--no-enabled', 'вывести из работы')
    .action(lazily(() => import('./qr-api.ts'), 'setConnectionNow'))
  qrApi
    .command('list')
    .description('список')
    .action(lazily(() => import('./qr-api.ts'), 'listConnectionsNow'))
  qrApi
    .command('check <id>')
    .description('спросить банк: пускает ли он центр и есть ли торговая точка')
    .action(lazily(() => import('./qr-api.ts'), 'checkConnectionNow'))
  qrApi
    .command('register <id>')
    .description('получить у банка токен')
    .action(lazily(() => import('./qr-api.ts'), 'registerConnectionNow'))
  qrApi
    .command('remove <id>')
    .description('удалить')
    .action(lazily(() => import('./qr-api.ts'), 'removeConnectionNow'))
}

function withFlags(command: Command): Command {
  return command
    .option('--form <form>', 'что просить у банка: qr или link')
    .option('--tls <mode>', 'доверие сертификату банка: strict или pinned')
    .option('--bin <bin>', 'БИН организации, 12 цифр; для r3')
    .option('--certificate <file>', 'имя файла сертификата в папке BYFLY_BANK_CERTIFICATES')
    .option('--key <file>', 'имя файла ключа там же, если он отдельно')
    .option('--api-key-file <path>', 'файл с ключом API; для r1')
    .option('--passphrase-file <path>', 'файл с паролем ключа или PFX')
    .option('--country <iso>', 'страна по ISO 3166-1')
}
