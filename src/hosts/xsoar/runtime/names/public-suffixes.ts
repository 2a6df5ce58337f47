/** Country domains under which names are sold at the second level, and what those second levels are called. */
const secondLevels: { [country: string]: string } = {
  ae: "ac co gov net org sch",
  ar: "com edu gob gov net org",
  at: "ac co gv or",
  au: "asn com edu gov id net org",
  bd: "com edu gov net org",
  br: "com edu gov jus leg net org",
  cn: "ac com edu gov net org",
  co: "com edu gov net org",
  cr: "ac co fi go or",
  cy: "ac com gov net org",
  do: "com edu gob gov net org",
  ec: "com edu gob gov net org",
  eg: "com edu gov net org",
  gr: "com edu gov net org",
  gt: "com edu gob net org",
  hk: "com edu gov idv net org",
  hu: "co info org",
  id: "ac co go net or sch web",
  il: "ac co gov muni net org",
  in: "ac co edu firm gen gov ind net nic org res",
  ir: "ac co gov net org",
  it: "edu gov",
  jp: "ac ad co ed go gr lg ne or",
  ke: "ac co go ne or sc",
  kr: "ac co go ne or pe re",
  kw: "com edu gov net org",
  lb: "com edu gov net org",
  lk: "ac com edu gov net org",
  ma: "ac co gov net org",
  mx: "com edu gob net org",
  my: "com edu gov net org",
  ng: "com edu gov net org",
  nz: "ac co geek gen govt net org school",
  om: "com edu gov net org",
  pe: "com edu gob net org",
  ph: "com edu gov net org",
  pk: "com edu gov net org",
  pl: "com edu gov net org",
  pt: "com edu gov org",
  py: "com edu gov net org",
  qa: "com edu gov net org",
  ro: "com org",
  rs: "ac co edu gov org",
  sa: "com edu gov net org",
  sg: "com edu gov net org",
  sv: "com edu gob org",
  th: "ac co go in mi net or",
  tr: "av bel com edu gen gov k12 net org",
  tw: "com edu gov idv net org",
  tz: "ac co go ne or",
  ua: "com edu gov in kiev net org",
  ug: "ac co go ne or",
  uk: "ac co gov ltd me net nhs org plc police sch",
  uy: "com edu gub net org",
  ve: "co com edu gob net org",
  vn: "ac com edu gov net org",
  za: "ac co edu gov net org web",
  zw: "ac co gov org",
};

/** Suffixes under which companies let strangers have names. */
const ofCompanies =
  "appspot.com azurewebsites.net blogspot.com cloudfront.net firebaseapp.com github.io gitlab.io herokuapp.com " +
  "netlify.app ngrok.io pages.dev vercel.app web.app workers.dev";

/** All of the above; the thousands of others at publicsuffix.org are not known here. */
export function listPublicSuffixes(): string[] {
  return Object.keys(secondLevels).reduce(
    (suffixes, country) =>
      suffixes.concat((secondLevels[country] ?? "").split(" ").map((name) => `${name}.${country}`)),
    ofCompanies.split(" "),
  );
}

/** True for nobody's own: a whole top level, or one of the suffixes above. Looks without a list, which takes time to make. */
export function isPublicSuffix(ascii: string): boolean {
  const dot = ascii.indexOf(".");
  if (dot < 0 || isAmong(ofCompanies, ascii)) return true;
  const names = secondLevels[ascii.slice(dot + 1)];
  // Of a country called constructor an object knows something too.
  return typeof names === "string" && isAmong(names, ascii.slice(0, dot));
}

function isAmong(names: string, name: string): boolean {
  return ` ${names} `.indexOf(` ${name} `) >= 0;
}
