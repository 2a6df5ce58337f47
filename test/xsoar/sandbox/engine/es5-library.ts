/** The names that a script finds by itself in an engine of ECMAScript 5.1 (15.1). */
export const es5Globals = [
  ...["NaN", "Infinity", "undefined", "eval", "parseInt", "parseFloat", "isNaN", "isFinite"],
  ...["decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent"],
  ...["Object", "Function", "Array", "String", "Boolean", "Number", "Date", "RegExp", "Math", "JSON"],
  ...["Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"],
];

const aboutFunctions = "length name prototype";

const errors = es5Globals.filter((name) => name.endsWith("Error"));

/** What those objects have in ECMAScript 5.1 (15.2 to 15.12): by name of the object or, with `.prototype`, of its instances. */
export const es5Members: Record<string, string[]> = split({
  Object: `${aboutFunctions} getPrototypeOf getOwnPropertyDescriptor getOwnPropertyNames create defineProperty
    defineProperties seal freeze preventExtensions isSealed isFrozen isExtensible keys`,
  "Object.prototype": "constructor toString toLocaleString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable",
  Function: aboutFunctions,
  "Function.prototype": "constructor length name toString apply call bind",
  Array: `${aboutFunctions} isArray`,
  "Array.prototype": `constructor length toString toLocaleString concat join pop push reverse shift slice sort splice unshift
    indexOf lastIndexOf every some forEach map filter reduce reduceRight`,
  String: `${aboutFunctions} fromCharCode`,
  "String.prototype": `constructor length toString valueOf charAt charCodeAt concat indexOf lastIndexOf localeCompare match
    replace search slice split substring toLowerCase toLocaleLowerCase toUpperCase toLocaleUpperCase trim`,
  Boolean: aboutFunctions,
  "Boolean.prototype": "constructor toString valueOf",
  Number: `${aboutFunctions} MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY`,
  "Number.prototype": "constructor toString toLocaleString valueOf toFixed toExponential toPrecision",
  Math: `E LN10 LN2 LOG2E LOG10E PI SQRT1_2 SQRT2 abs acos asin atan atan2 ceil cos exp floor log max min pow random round
    sin sqrt tan`,
  Date: `${aboutFunctions} parse UTC now`,
  "Date.prototype": `constructor toString toDateString toTimeString toLocaleString toLocaleDateString toLocaleTimeString
    valueOf getTime getFullYear getUTCFullYear getMonth getUTCMonth getDate getUTCDate getDay getUTCDay getHours getUTCHours
    getMinutes getUTCMinutes getSeconds getUTCSeconds getMilliseconds getUTCMilliseconds getTimezoneOffset setTime
    setMilliseconds setUTCMilliseconds setSeconds setUTCSeconds setMinutes setUTCMinutes setHours setUTCHours setDate
    setUTCDate setMonth setUTCMonth setFullYear setUTCFullYear toUTCString toISOString toJSON`,
  RegExp: aboutFunctions,
  // Those from flags on are newer; V8 reads them itself when a text is searched or replaced.
  "RegExp.prototype": `constructor exec test toString source global ignoreCase multiline lastIndex flags hasIndices dotAll
    unicode unicodeSets sticky`,
  JSON: "parse stringify",
  ...Object.fromEntries(
    errors.flatMap((name) => [
      [name, aboutFunctions],
      [`${name}.prototype`, "constructor name message toString"],
    ]),
  ),
});

function split(table: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(table).map(([owner, names]) => [owner, names.split(/\s+/)]));
}
