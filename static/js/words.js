// @ts-check
/**
 * The words of scripts, in the language of the page. English is the key; what it is in another language stands in the
 * page as data (id "script-words"). A worker has no page: what it keeps for later is English, and is said by the page that
 * shows it.
 */

/** @typedef {{language: string, forms: Record<string, number>, words: Record<string, string | string[]>}} Catalogue */

/** @type {Catalogue | null | undefined} */
let catalogue;
/** @type {Intl.PluralRules | undefined} */
let plurals;

/** @returns {Catalogue | null} */
function known() {
  if (catalogue === undefined) {
    const text = globalThis.document?.getElementById("script-words")?.textContent;
    catalogue = text ? /** @type {Catalogue} */ (JSON.parse(text)) : null;
  }
  return catalogue;
}

/** Returns the language of the page where that is not English. @returns {string | undefined} */
export function language() {
  return known()?.language;
}

/** Marks a sentence for the translators and returns it as it is: whoever shows it says `t(sentence)`. @param {string} text */
export function mark(text) {
  return text;
}

/** Returns a sentence, with facts in place of `%(name)s`. @param {string} text @param {Record<string, string | number>} [facts] */
export function t(text, facts) {
  const said = known()?.words[text];
  return filled(typeof said === "string" ? said : text, facts);
}

/**
 * Returns the sentence that fits a number, which is a fact of it too: `%(n)s`.
 * @param {string} one @param {string} many @param {number} n @param {Record<string, string | number>} [facts]
 */
export function tn(one, many, n, facts) {
  const found = known();
  const said = found?.words[one];
  const all = { n: figures(n), ...facts };
  if (!found || !Array.isArray(said)) return filled(n === 1 ? one : many, all);
  plurals ??= new Intl.PluralRules(found.language);
  return filled(said[found.forms[plurals.select(n)] ?? found.forms.other] ?? many, all);
}

/** Returns a number as people of this language write it. @param {number} value @param {number} [places] */
export function figures(value, places) {
  const found = known();
  if (!found) return places === undefined ? String(value) : value.toFixed(places);
  return new Intl.NumberFormat(found.language, { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
}

/** @param {string} text @param {Record<string, string | number>} [facts] */
function filled(text, facts) {
  return facts ? text.replace(/%\((\w+)\)s/g, (whole, name) => String(facts[name] ?? whole)) : text;
}
