import type { Reported } from "../../src/report/report.ts";

/** What strangers write into mail to make a page do their will; each says so by `window.owned`, an alert or a request. */
export const hostileTexts: readonly string[] = [
  "<script>window.owned = 1; alert(1)</script>",
  '<img src="https://evil.test/pixel.png" onerror="window.owned = 1">',
  "\"><svg onload=window.owned=1><use href='https://evil.test/x.svg#a'/></svg>",
  "' onmouseover='window.owned = 1' autofocus onfocus='window.owned = 1' x='",
  "</style><style>body { background: url(https://evil.test/style) }</style>",
  "</title></head><body onload=window.owned=1>",
  "javascript:window.owned=1",
  '<a href="javascript:window.owned=1">click</a>',
  '<meta http-equiv="refresh" content="0;url=https://evil.test/">',
  '<iframe srcdoc="<script>parent.owned=1</script>"></iframe>',
  "<base href=https://evil.test/><form action=https://evil.test/><input autofocus onfocus=window.owned=1>",
  "<!-- --!><img src=x onerror=window.owned=1>",
  "]]><![CDATA[<script>window.owned=1</script>",
  "&lt;script&gt;window.owned=1&lt;/script&gt;&#60;img src=x&#62;",
  "$" + "{window.owned=1}`{{constructor.constructor('window.owned=1')()}}",
  "nul\u0000byte \u001b[31m \u202egnp.exe \ufeff \ud800 <\u0000script>window.owned=1</script>",
  "+ADw-script+AD4-window.owned=1+ADw-/script+AD4-",
  '"; } body { display: none } .x { content: "',
  "a".repeat(1_000_000),
  `<script>window.owned=1</script>${"<b>".repeat(100_000)}`,
];

// Told apart by commands themselves, never a stranger's text.
const ours = new Set(["state", "outcome", "action", "list", "receivedAt", "from", "first", "last", "since", "until"]);

/** The same result with hostile texts in the place of all that strangers may have written. */
export function poison({ items, summary }: Reported): Reported {
  let at = 0;
  const next = () => hostileTexts[at++ % hostileTexts.length] ?? "";
  const walk = (value: unknown, name = ""): unknown => {
    if (typeof value === "string") return ours.has(name) && name !== "" ? value : next();
    if (Array.isArray(value)) return value.map((one) => walk(one, ours.has(name) ? "" : name));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, key)]));
  };
  return { items: walk(items) as unknown[], summary: walk(summary) as object };
}
