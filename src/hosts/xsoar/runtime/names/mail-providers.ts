const names =
  "126.com 163.com alice.it aliyun.com aol.com arcor.de att.net bellsouth.net bigpond.com " +
  "bluewin.ch bol.com.br btinternet.com charter.net comcast.net cox.net daum.net earthlink.net email.com email.cz " +
  "fastmail.fm foxmail.com free.fr freenet.de frontier.com gmail.com gmx.at gmx.com gmx.de gmx.net " +
  "googlemail.com hanmail.net hey.com hotmail.be hotmail.ca hotmail.co.jp hotmail.co.uk hotmail.com hotmail.com.br " +
  "hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl hushmail.com icloud.com inbox.lv inbox.ru interia.pl juno.com " +
  "kpnmail.nl laposte.net libero.it list.ru live.be live.ca live.co.uk live.com live.com.au live.com.mx live.de live.fr " +
  "live.it live.nl lycos.com mac.com mail.com mail.ee mail.ru mailbox.org mailinator.com me.com msn.com naver.com " +
  "netscape.net netzero.net ntlworld.com o2.pl onet.pl optonline.net orange.fr outlook.com outlook.com.br " +
  "outlook.de outlook.es outlook.fr outlook.it outlook.jp pm.me proton.me " +
  "protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com rocketmail.com rogers.com sapo.pt sbcglobal.net " +
  "seznam.cz sfr.fr shaw.ca sina.cn sina.com sky.com sympatico.ca t-online.de talktalk.net telenet.be " +
  "terra.com.br tin.it tiscali.co.uk tiscali.it uol.com.br ukr.net " +
  "verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl xtra.co.nz ya.ru yahoo.ca yahoo.co.id " +
  "yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.de yahoo.es " +
  "yahoo.fr yahoo.in yahoo.it yandex.com yandex.ru yeah.net ymail.com zoho.com";

/** Where anybody can have a mailbox; the best known of many thousands. */
export const mailProviders: { readonly [domain: string]: true | undefined } = names
  .split(" ")
  .reduce((known: { [domain: string]: true }, name) => {
    known[name] = true;
    return known;
  }, {});
