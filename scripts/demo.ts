// The main job on the built-in simulator: real mail by SMTP, then real pps commands with their output.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTransport } from "nodemailer";
import { shellWord } from "../src/hosts/cli/output/shell-word.ts";
import { sendSamples } from "../src/simulator/index.ts";
import { type Lab, startLab } from "./lab.ts";

interface Held {
  guid: string;
  localGuid: string;
  folder: string;
}

const program = fileURLToPath(new URL("../bin/pps.js", import.meta.url));
const samples = "samples/mail";

/** The honest mail that the filters took for spam, and a real piece of spam. */
const falsePositive = { subject: "Charity lottery*", recipient: "ana.lind@example.com" };
const spam = { subject: "*prize*", sender: "*@mega-lotto.test" };
/** A wave of phishing, and the report of one who got it. */
const campaign = "samples/campaign";
const report = "samples/reports/forwarded-phish.eml";
const phish = { from: "refund@tax-office.test", to: "ana.lind@example.com", subject: "Your tax refund is ready" };

// A reader that leaves early, as head does, must not leave the simulator behind.
process.stdout.on("error", () => {});
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const count = readdirSync(samples).filter((name) => name.endsWith(".eml")).length;
say(`A small mail gateway starts on free ports of this machine and gets the ${count} messages of ${samples} by SMTP.`);
{
  // Without it there would be no organisation's lists, as on premises.
  await using lab = await startLab("--load", samples, "--quirk", "cloud-lists=present");
  say(`It is ready: API ${lab.api}, SMTP ${lab.smtp}. Its filters have held some messages and delivered the rest.`);
  say("Below, each line after $ is a real command, followed by what it printed.");
  await tour(lab);
}

async function tour({ environment, control, smtp }: Lab): Promise<void> {
  const pps = (...words: string[]) => show(words, environment);
  const ask = async (...words: string[]) =>
    JSON.parse((await run([...words, "--json"], environment)).data) as { messages: Held[] };

  say("Is the connection right?");
  await pps("ping");

  say("What is held, in all folders? Act on a message by its localGuid; \\u{...} makes hidden characters visible.");
  await pps("quarantine", "list", "--sender", "*", "--all-folders");

  const [honest] = (await ask("quarantine", "list", "--subject", falsePositive.subject)).messages;
  if (honest === undefined) throw new Error("The honest mail is not held.");
  say(
    "The charity lottery looks honest. All that is known of it: quarantine record, trace, and what the mail itself says.",
  );
  await pps("message", "show", honest.guid);

  say("It is honest. Release it, and move it to the folder Deleted so that nobody delivers it twice.");
  const place = ["--folder", honest.folder, "--deleted-folder", "Deleted"];
  await pps("quarantine", "release", ...place, "--", honest.localGuid);

  say("Has it arrived in the recipient's mailbox? It is the last line, marked released.");
  await pps("simulator", "mailbox", falsePositive.recipient, "--control", control);

  const [junk] = (await ask("quarantine", "list", "--subject", spam.subject, "--sender", spam.sender)).messages;
  if (junk === undefined) throw new Error("The spam is not held.");
  say("The mega-lotto spam goes. First a dry run, which sends nothing; then for good.");
  await pps("quarantine", "delete", "--folder", junk.folder, "--dry-run", "--", junk.localGuid);
  await pps("quarantine", "delete", "--folder", junk.folder, "--yes", "--", junk.localGuid);

  say("What did the filters decide on all mail for one person? accept: delivered. discard: held in the folder named.");
  await pps("trace", "search", "--recipient", falsePositive.recipient);

  const { accepted } = await sendSamples(smtp, [campaign]);
  say(
    `A phishing wave comes by SMTP: the ${accepted} messages of ${campaign}, two of them honest. Ana got one, and reports it.`,
  );
  say("What came with it? First the plan: what is alike and why, what would be deleted, and who would be blocked.");
  await pps(
    "respond",
    "phishing",
    report,
    "--dry-run",
    "--columns",
    "outcome,action,score,state,sender,subject,reasons",
  );
  const page = join(mkdtempSync(join(tmpdir(), "pps-demo-")), "case.html");
  say("Then for good, with a report for those who were not there. Open it in a browser.");
  await pps("respond", "phishing", report, "--yes", "--report", page);
  say("The same sender tries again. Now his mail is held in the folder Blocked; the rule names the list.");
  await mail(smtp);
  await pps(
    "trace",
    "search",
    "--sender",
    phish.from,
    "--columns",
    "receivedAt,finalAction,finalRule,quarantineFolder",
  );

  say("That is all, and this gateway stops. To start one of your own and work in it:");
  process.stdout.write(`
    npx pps simulator --load ${samples} --load ${campaign}

  It runs until Ctrl-C. Paste the export lines it prints into a second shell, in this directory, and try

    npx pps quarantine list --sender '*' --all-folders
    npx pps --help

`);
}

async function mail(smtp: string): Promise<void> {
  const [host = "", port] = smtp.split(":");
  const transport = createTransport({ host, port: Number(port), tls: { rejectUnauthorized: false } });
  const text = "A refund of 312.40 is waiting for you. Confirm your account: https://claims.tax-office.test/r/99999";
  await transport.sendMail({ ...phish, text });
  transport.close();
}

function say(text: string): void {
  process.stdout.write(`\n# ${text}\n`);
}

async function show(words: string[], environment: Record<string, string>): Promise<void> {
  process.stdout.write(`\n$ pps ${words.map(shellWord).join(" ")}\n`);
  const { data, talk } = await run(words, environment);
  process.stdout.write(data + talk);
}

/** Runs the program as a user would. */
function run(words: string[], environment: Record<string, string>): Promise<{ data: string; talk: string }> {
  const columns = String(process.stdout.columns ?? 120);
  const child = spawn(process.execPath, [program, ...words], {
    env: { ...withoutSettings(process.env), COLUMNS: columns, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    const printed = { data: "", talk: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed.data += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      printed.talk += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`pps ${words.join(" ")} ended with exit code ${code}: ${printed.talk}`));
    });
  });
}

/** Settings for a real PPS must neither stop the demo nor lead it there. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("PPS_")));
}
