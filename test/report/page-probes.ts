/** Programs that look at a page from inside it; texts, since no types of a browser are known here. */

/** Every element with its attributes, each combination once: `a href`. */
export const elementsProbe = `[...new Set([...document.querySelectorAll("*")].map(
  (element) => [element.localName, ...[...element.attributes].map((one) => one.name).sort()].join(" "),
))].sort()`;

/** The addresses that anything on the page leads to. */
export const linksProbe = `[...document.querySelectorAll("[href], [src], [action], [data]")].map(
  (element) => element.getAttribute("href") ?? element.outerHTML.slice(0, 200),
)`;

/** How far the page is wider than the window. */
export const overflowProbe = `document.documentElement.scrollWidth - document.documentElement.clientWidth`;

/** Bars with their colours and sizes, in pixels. */
export const barsProbe = `[...document.querySelectorAll(".plot .bar")].map((bar) => {
  const { width, height } = bar.getBoundingClientRect();
  return { width, height, fill: getComputedStyle(bar).fill };
})`;

/** Texts that are too faint on what lies behind them, by the rule AA of WCAG; and bars, which need 3 to 1. */
export const faintProbe = `(() => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [red, green, blue] = numbers(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const faint = [];
  let seen = 0;
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const isBar = element.matches(".bar");
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (!isBar && (!hasText || element.getClientRects().length === 0)) continue;
    seen += 1;
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = contrast(element.closest("svg") ? style.fill : style.color, behind(element));
    if (ratio < (isBar || isLarge ? 3 : 4.5)) faint.push(element.localName + "." + element.getAttribute("class") + " " + ratio);
  }
  return { faint, seen };
})()`;

/** How the page is printed. */
export const printProbe = `(() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  return {
    page: style("body").backgroundColor,
    heads: style("thead").display,
    headPlace: style("th").position,
    row: style("tbody tr").breakInside,
    contents: style("nav").display,
  };
})()`;
