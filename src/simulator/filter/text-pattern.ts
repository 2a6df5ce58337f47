const escapeText = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The whole of a text, "*" standing for anything, letter case ignored. */
export const globPattern = (glob: string) => new RegExp(`^${glob.split("*").map(escapeText).join(".*")}$`, "i");

/** A phrase of whole words, letter case ignored; any white space may stand between them, so that no line break hides it. */
export const phrasePattern = (phrase: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${phrase.trim().split(/\s+/).map(escapeText).join("\\s+")}(?![\\p{L}\\p{N}])`, "iu");
