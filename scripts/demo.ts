// The main job on the built-in simulator: real mail by SMTP, then real pps commands with their output.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startLab } from "./lab.ts";

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

// A reader that leaves early, as head does, must not leave the simulator behind.
process.stdout.on("error", () => {});
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
say("A mail gateway starts on free ports of this machine, and the sample mailbox is sent to it by SMTP.");
{
  await using lab = await startLab("--load", samples);
  say(`It listens: API ${lab.api}, SMTP ${lab.smtp}. Everything below is what pps itself prints.`);
  await tour(lab.environment, lab.control);
}

async function tour(environment: Record<string, string>, control: string): Promise<void> {
  const pps = (...words: string[]) => show(words, environment);
  const ask = async (...words: string[]) =>
    JSON.parse((await run([...words, "--json"], environment)).data) as { messages: Held[] };

  say("Is the connection right?");
  await pps("ping");

  say("What is held, in all folders?");
  await pps("quarantine", "list", "--sender", "*", "--all-folders");

  const [honest] = (await ask("quarantine", "list", "--subject", falsePositive.subject)).messages;
  if (honest === undefined) throw new Error("The honest mail is not held.");
  say("One of them looks honest. All that is known of it:");
  await pps("message", "show", honest.guid);

  say("It is. Release it, and put it away so that nobody delivers it twice.");
  const place = ["--folder", honest.folder, "--deleted-folder", "Deleted"];
  await pps("quarantine", "release", ...place, "--", honest.localGuid);

  say("Has it arrived in the recipient's mailbox?");
  await pps("simulator", "mailbox", falsePositive.recipient, "--control", control);

  const [junk] = (await ask("quarantine", "list", "--subject", spam.subject, "--sender", spam.sender)).messages;
  if (junk === undefined) throw new Error("The spam is not held.");
  say("The real lottery spam goes. First what would be done, then for good.");
  await pps("quarantine", "delete", "--folder", junk.folder, "--dry-run", "--", junk.localGuid);
  await pps("quarantine", "delete", "--folder", junk.folder, "--yes", "--", junk.localGuid);

  say("What became of the mail for one person, delivered or not?");
  await pps("trace", "search", "--recipient", falsePositive.recipient);

  say("To keep the lab running and work in it yourself:");
  process.stdout.write(`
    npx pps simulator --load ${samples}

  It prints four export lines; paste them into a second shell, then try

    npx pps quarantine list --sender '*' --all-folders
    npx pps --help

`);
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
    env: { ...process.env, COLUMNS: columns, ...environment },
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

function shellWord(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
