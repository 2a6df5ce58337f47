import { tableOf } from "./plain-words.ts";

/**
 * Sites that mail of all kinds links to or is sent through, honest or not: the same one proves nothing. Short on purpose,
 * for it goes wherever the scorer goes; mail providers are known from elsewhere.
 */
const sites = tableOf(
  "adobe.com aka.ms amazon.com amazon.de amazonaws.com amazonses.com aol.com apple.com azurewebsites.net bing.com bit.ly " +
    "box.com canva.com cloudflare.com constantcontact.com docusign.com docusign.net dropbox.com dropboxusercontent.com eventbrite.com " +
    "exacttarget.com facebook.com fb.com fbcdn.net forms.gle gmail.com gmx.de gmx.net github.com github.io goo.gl google.com " +
    "googleapis.com googleusercontent.com gstatic.com hotmail.com hubspot.com icloud.com instagram.com licdn.com linkedin.com " +
    "list-manage.com live.com mailchimp.com mailgun.net mailgun.org mandrillapp.com mcsv.net medium.com microsoft.com " +
    "microsoftonline.com mktomail.com netlify.app notion.so office.com office365.com office.net onedrive.com outlook.com outlook.de " +
    "pages.dev paypal.com pinterest.com postmarkapp.com proofpoint.com proton.me protonmail.com pphosted.com r2.dev salesforce.com " +
    "sendgrid.net sendinblue.com sharepoint.com skype.com slack.com spotify.com surveymonkey.com t.co t.me t.ly teams.microsoft.com " +
    "telegram.org tiktok.com tinyurl.com twitter.com typeform.com vercel.app vimeo.com w3.org web.app web.de wetransfer.com " +
    "weebly.com whatsapp.com wikipedia.org windows.net wixsite.com wordpress.com workers.dev x.com yahoo.com youtu.be youtube.com zoom.us",
);

/** Whether a host is a site everybody uses, or below one. */
export function isCommonHost(host: string): boolean {
  return parentsOf(host).some((name) => sites[`_${name}`] === true);
}

/** A domain and those above it, but for the top one: `a.b.example`, `b.example`. */
export function parentsOf(domain: string): string[] {
  const labels = domain.split(".").slice(-6);
  const names: string[] = [];
  for (let index = 0; index < labels.length - 1; index++) names.push(labels.slice(index).join("."));
  return names;
}

/** Whether a domain is one of these or below one. */
export function isWithin(domain: string, domains: readonly string[]): boolean {
  return parentsOf(domain).some((name) => domains.indexOf(name) >= 0);
}
