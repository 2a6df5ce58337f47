/** Words that hold sentences together, in the languages most mail is in: they tell nothing of a campaign. */
export const fillerWords = tableOf(
  "a about after all also an and any are as at be been before but by can could de der des die das dem den dein deine du " +
    "do does down een ein eine einer el en er es et for from get go gli had has hat have he her here het hi hello hey his how " +
    "i ich if ihr ihre ihren il ist im in into is it its just la las le les los me mein meine mit mon more mr mrs ms must my " +
    "new no not nous now of off old on one only or our out over para per please por pour qui re see she sie sind so some su " +
    "sur that the their them there these they this to too un una und une uns unser unsere up us van vom von votre vous was " +
    "we were what when where which who why will with would you your yours zu zum zur dear good day morning thanks thank " +
    "hallo guten tag bonjour hola test",
);

/** Words half of all mail has in its subject: each tells a little only. */
export const mailWords = tableOf(
  "account action alert attached bank bestellung bill billing call change changed claim code compte confirm confirmation " +
    "confirmed copy customer daily date deal delivery details document documents email expire expired expires facture fax file final " +
    "free gift help important info information inv invite invitation invoice invoices konto latest letter login mail mailbox " +
    "meeting member message messages monthly newsletter news notice notification offer office online order overdue package " +
    "paid parcel password payment pending purchase quote rechnung receipt receive received registration reminder report " +
    "request required response review sale save scan secure security service sent share shared shipment shipped sign " +
    "signature special statement status subscription summary support team ticket today tomorrow update updated upgrade " +
    "urgent user verification verify voicemail warning week weekly welcome year",
);

/** Names written so in many mailboxes: the same one proves nothing. */
export const plainLocalParts = tableOf(
  "abuse accounting accounts admin administrator alert alerts billing bounce bounces contact customer customerservice " +
    "do-not-reply donotreply email finance hello help helpdesk hr info invoice invoices it kontakt mail mailer mailer-daemon " +
    "marketing me news newsletter no-reply no.reply no_reply noreply notification notifications notify office order orders " +
    "payment payments postmaster rechnung reply root sales security service services shop support system team test update " +
    "updates user webmaster",
);

/** File names that programs give. */
export const plainFileWords = tableOf(
  "att attachment audio body data datei doc document download file foto image img index invite logo mail message noname " +
    "page part photo picture pdf scan scanned screenshot signature smime sound text unbenannt unknown unnamed untitled video winmail",
);

/** A look-up that no name on Object.prototype can fool: every key has a mark before it. */
export function tableOf(words: string): Record<string, true> {
  const table: Record<string, true> = {};
  words.split(" ").forEach((word) => {
    table[`_${word}`] = true;
  });
  return table;
}
