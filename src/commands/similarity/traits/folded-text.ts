/** Letters of other scripts, behind the Latin one each passes for. */
const lookAlikes =
  "a\u0430\u03b1|b\u0432|c\u0441\u03f2|d\u0501|e\u0435\u03b5|g\u0261|h\u043d\u04bb|i\u0456\u03b9|j\u0458|k\u043a\u03ba|l\u04cf|m\u043c|n\u03b7|o\u043e\u03bf\u03c3|p\u0440\u03c1|q\u051b|s\u0455|t\u0442\u03c4|u\u03c5|v\u03bd\u0475|w\u051d\u03c9|x\u0445\u03c7|y\u0443";

/** Letters with marks, behind the one each is read as. */
const marked =
  "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặæ|bḃḅḇ|cçćĉċčḉ|dďḋḍḏḑḓđð|eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ|fḟƒ|gĝğġģǧǵḡ|hĥȟḣḥḧḩḫẖħ|iìíîïĩīĭįǐȉȋḭḯỉịı|jĵǰ|kķǩḱḳḵ|lĺļľḷḹḻḽł|mḿṁṃ|nñńņňǹṅṇṉṋ|oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợø|pṕṗ|rŕŗřȑȓṙṛṝṟ|sśŝşšșṡṣṥṧṩẛß|tţťțṫṭṯṱẗŧ|uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự|vṽṿ|wŵẁẃẅẇẉẘ|xẋẍ|yýÿŷȳẏẙỳỵỷỹ|zźżžẑẓẕ";

/** Digits and signs that stand in for letters inside a word. */
const stoodIn: Record<string, string> = {
  "0": "o",
  "1": "l",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

const folds = foldTable();

function foldTable(): Record<string, string> {
  const table: Record<string, string> = {};
  `${lookAlikes}|${marked}`.split("|").forEach((run) => {
    for (let index = 1; index < run.length; index++) table[run.charAt(index)] = run.charAt(0);
  });
  return table;
}

/**
 * A text as the eye reads it: lower case, without marks on letters, with look-alike letters of other scripts as the Latin
 * ones they pass for, and without characters nobody sees.
 */
export function foldText(text: string): string {
  const plain = text
    .replace(/[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\ufe00-\ufe0f]/g, "")
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/\ud835[\udc00-\udea3]/g, foldMathematical)
    .toLowerCase();
  // Most subjects are ASCII, and every message of a search comes by here.
  if (/^[ -~]*$/.test(plain)) return plain;
  let folded = "";
  for (let index = 0; index < plain.length; index++) {
    const letter = plain.charAt(index);
    if (letter >= "\u0300" && letter <= "\u036f") continue;
    folded += folds[letter] ?? letter;
  }
  return folded;
}

/** The alphabets for formulas (U+1D400 on) repeat A-Z and a-z over and over. */
function foldMathematical(pair: string): string {
  const place = (pair.charCodeAt(1) - 0xdc00) % 52;
  return String.fromCharCode(place < 26 ? 65 + place : 97 + place - 26);
}

/** A word whose letters were replaced by digits, as the word that is meant. */
export function withoutStandIns(word: string): string {
  return word.replace(/[013457@$]/g, (sign) => stoodIn[sign] ?? sign);
}

/**
 * How many letters have to be changed, put in or left out to make one word of the other, up to `most`; beyond it, `most + 1`.
 * Work is bounded by `most` times the shorter word.
 */
export function editDistance(one: string, other: string, most: number): number {
  if (one === other) return 0;
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let previous: number[] = [];
  for (let column = 0; column <= other.length; column++) previous.push(column);
  for (let row = 1; row <= one.length; row++) {
    const current: number[] = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const isFar = Math.abs(row - column) > most;
      const change = one.charAt(row - 1) === other.charAt(column - 1) ? 0 : 1;
      const cost = isFar
        ? most + 1
        : Math.min(
            (previous[column] as number) + 1,
            (current[column - 1] as number) + 1,
            (previous[column - 1] as number) + change,
          );
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    previous = current;
  }
  return Math.min(previous[other.length] as number, most + 1);
}
