/** An IP address in one spelling for comparison: IPv6 with all its groups; anything else in lower case. */
export function spellIp(text: string): string {
  const given = text.toLowerCase();
  if (given.indexOf(":") < 0 || given.length > 45) return given;
  const [before = "", after] = given.split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  if (after !== undefined) while (head.length + tail.length < 8) head.push("0");
  return head
    .concat(tail)
    .map((group) => group.replace(/^0+([0-9a-f])/, "$1"))
    .join(":");
}
