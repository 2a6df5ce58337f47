/**
 * What each kind of evidence is worth, of 100. Kinds add up; of one kind only the weightiest counts. The measure is what
 * an analyst would stake on it: near proof stands alone, everything else needs a second, independent fact to be strong.
 */
export const weights = {
  /** The same message, sent on to somebody else. */
  messageId: 95,
  /** Of another sender: a phish that hijacks a conversation carries the Message-ID and the subject of an honest message. */
  messageIdAlone: 5,

  /** A file is not the same by chance. */
  file: 85,
  /** But logos and signatures are, in all mail of one company. */
  picture: 20,

  /** The very page to be opened. */
  link: 80,
  /** Its host, which may hold pages of others too. */
  linkHost: 48,

  /** The same hand, but a mailbox that was taken over sends honest mail as well. */
  senderAddress: 42,
  /** Where the sender is all that was named: whoever names nobody else means his mail. */
  namedSender: 62,
  senderDomain: 30,
  /** Another name below the same registered one. */
  senderSibling: 26,
  /** A domain that differs by a letter or two. */
  senderAlike: 22,
  /** One that differs by digits alone: strangers number their names as well. */
  senderNumbered: 10,
  /** What a header says of the sender, of what the envelope would prove: whoever imitates somebody copies it. */
  inHeader: 0.5,
  /** Of a domain or host that turned out to be the campaign's own (own-sources.ts); what is said has to be alike as well. */
  ownDomain: 44,
  ownHost: 40,
  /** Of both. */
  ownBoth: 47,

  /** The part before the sign where domains rotate. */
  senderLocalPart: 14,

  /** Where answers are lured to. */
  replyTo: 40,

  /** The most a subject can prove; how much of it depends on its words (subjectPoints). */
  subject: 42,
  /** A reworded subject proves less than its shared words would in the same one. */
  subjectAlike: 0.85,

  /** A host may serve thousands of customers; of the same address or domain, mail comes from it anyway and it says nothing. */
  sendingHost: 22,
  /** A /24 or /64 has many. */
  sendingNetwork: 12,

  /** The most a file's name can prove; how much of it depends on its words. */
  fileName: 24,

  /** Those opened of the same subject all turned out to belong; for what is already likely. */
  sample: 20,

  /** The filter's verdict, which is much the same for all that is bad. */
  rule: 3,

  /** Campaigns come in bursts, and so does much else. */
  sameDay: 5,
  sameDays: 2,
  /** Within a tenth: true of much mail. */
  size: 4,

  /**
   * The most that everything an imitator copies proves together: subject, header, address for answers, names of files and
   * of linked hosts, time and size of another's mail, or all that a file says of its own sender. Below what makes a message
   * strong, also where less is asked for (createJudge).
   */
  copied: 55,

  /** From inside, while what was reported came from outside: an answer or a warning about it. */
  fromOwnDomain: -40,
  /** A bounce of it is not it. */
  bounce: -30,
} as const;

/** Share of words from which a subject is alike at all. */
export const alikeFrom = 0.45;

/**
 * What a subject proves: rises fast with the first words that say something and levels off, for a fifth word does not
 * make it less likely that two strangers meet.
 */
export function subjectPoints(wordWeight: number): number {
  return weights.subject * (1 - Math.exp(-wordWeight / 1.7));
}

/** What a file's name proves, by its words. */
export function fileNamePoints(wordWeight: number): number {
  return weights.fileName * (1 - Math.exp(-wordWeight));
}
