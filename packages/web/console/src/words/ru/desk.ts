// Russian: handing a payment over, giving it back to be paid another way.

export const desk = {
  desk: {
    sms: 'Отправить SMS',
    smsTo: 'SMS со ссылкой на номер',
    smsSent: (phone: string) => `SMS отправлено на ${phone}`,
    print: 'Распечатать',
    scanToPay: 'Отсканируйте, чтобы оплатить',
    payBefore: (at: string) => `Начать оплату до ${at}`,
    notFiscal: 'Не является фискальным чеком',
    payAgain: 'Вернуть и оплатить иначе',
    payAgainText: (back: string, again: string) =>
      `Вернём покупателю ${back} и сразу откроем новый платёж на ${again}: его можно оплатить другим способом.`,
    doPayAgain: (sum: string) => `Вернуть ${sum} и открыть новый платёж`,
    paidAgain: 'Возврат начат, новый платёж открыт',
    replaces: 'Открыт вместо другого платежа',
    replacedBy: 'Вместо него открыт новый платёж',
    refundSteps: 'Как шёл возврат',
  },
}
