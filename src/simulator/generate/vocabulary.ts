const first = [
  "ann",
  "ben",
  "carla",
  "dmitri",
  "elena",
  "farid",
  "grace",
  "hana",
  "ivo",
  "jun",
  "katya",
  "liam",
  "mara",
  "noor",
  "olga",
  "pia",
];
const last = [
  "adler",
  "brook",
  "costa",
  "duran",
  "evans",
  "fuchs",
  "green",
  "hale",
  "ito",
  "jensen",
  "kaya",
  "lund",
  "mori",
  "novak",
  "ortiz",
  "park",
];
const trades = ["billing", "news", "service", "offers", "account", "parcel", "events", "support"];
const firms = ["shop", "travel", "parcel", "bank", "garden", "studio", "energy", "music", "books", "tools"];

/** Recipients, all in own domains. */
export const people = first.flatMap((given) =>
  last.flatMap((family) => ["example.com", "example.net"].map((domain) => `${given}.${family}@${domain}`)),
);

/** Envelope senders with the host they send from. */
export const senders = firms.flatMap((firm, firmIndex) =>
  trades.map((trade, tradeIndex) => ({
    address: `${trade}@${firm}.example`,
    host: `mx.${firm}.example`,
    ip: `198.51.100.${firmIndex * trades.length + tradeIndex + 1}`,
  })),
);

// "#" stands for a number; some are as hostile as those of real mail.
const patterns = [
  "Your invoice #",
  "Invoice # is overdue",
  "Order # has been shipped",
  "Parcel # could not be delivered",
  "Meeting notes #",
  "Re: contract #",
  "Password expires today (case #)",
  "You have won prize #",
  "Limited offer #: act now",
  "Newsletter no. #",
  "Rechnung # für März",
  "Счёт № # к оплате",
  "請求書 # のご確認",
  "فاتورة رقم #",
  "Statement #, page 1 of 2 | final",
  '=HYPERLINK("https://www.example.org/#","open")',
  "Re: \u202egpj.eciovni\u202c #",
  "Notice \u001b[31m#\u001b[0m",
  `${"Very long subject ".repeat(30)}#`,
  "",
];

/** Subjects, each pattern with five hundred numbers; whole texts, because taking one up is quicker than making it. */
export const subjects = patterns.flatMap((pattern) =>
  Array.from({ length: 500 }, (_, index) => pattern.replace("#", String(1000 + index))),
);

/** The same for bounces. */
export const bounceSubjects = subjects.map((subject) => `Undeliverable: ${subject}`);
