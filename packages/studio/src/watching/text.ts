/** The words of the page that watches a run, in English. */
const en = {
  opening: 'Opening the run…',
  token:
    'The address lacks its token, or has another one: open the whole address that gankit printed, or start gankit watch again.',
  gone: 'The server isn’t there any more. What the page has stays; it tries again every two seconds. Start gankit watch again, and open the address that it prints.',
  refused: 'Refused',
  only: 'This page is for this machine alone.',
}

const zh: typeof en = {
  opening: '打开训练……',
  token: '地址里没有令牌，或令牌不对：请打开 gankit 打印的完整地址，或重新运行 gankit watch。',
  gone: '服务器已不在。页面上的内容会保留；每两秒重试一次。请重新运行 gankit watch，打开它打印的地址。',
  refused: '被拒绝',
  only: '此页面只供本机使用。',
}

export const watchTexts = { en, zh } as const
