// @ts-check
/**
 * Themes that are repeated: what somebody looked at, and the keys of the questions for each of them. The same as at the
 * office (inspect_app/frameworks/repeats.py): `clean--mi3xw0k2a7f1q` is the question *clean* for one instance,
 * `rooms--name-mi3xw0k2a7f1q` the name of that instance of the theme *rooms*.
 */

/** Stands for any instance on a blank page. */
export const PATTERN = "0thisone0";
const BETWEEN = "--";
const NAME = "name-";
const NEW = "new";
const CHANCE = 5;

/** @typedef {{instance: string, name: string}} Instance */

/** Returns an identifier for an instance: by the clock, so that they sort as they were added, and by chance. */
export function newInstance() {
  const chance = [...crypto.getRandomValues(new Uint8Array(CHANCE))].map((one) => (one % 36).toString(36));
  return Date.now().toString(36) + chance.join("");
}

/** @param {string} key @param {string} instance */
export function joined(key, instance) {
  return instance ? `${key}${BETWEEN}${instance}` : key;
}

/** Returns the key of a question and its instance, "" for none. @param {string} slot */
export function parted(slot) {
  const at = slot.indexOf(BETWEEN);
  return at < 0 ? { key: slot, instance: "" } : { key: slot.slice(0, at), instance: slot.slice(at + BETWEEN.length).replace(NAME, "") };
}

/** @param {string} theme @param {string} instance */
export function nameKey(theme, instance) {
  return joined(theme, NAME + instance);
}

/** Returns the instances of a theme that stand, in the order in which they were added. @param {Record<string, string | null | undefined>} values @param {string} theme @returns {Instance[]} */
export function instancesOf(values, theme) {
  const begin = nameKey(theme, "");
  const stands = (/** @type {string | null | undefined} */ name) => Boolean(name) && name !== "does_not_apply" && name !== "not_seen";
  const found = Object.entries(values).filter(([key, name]) => key.startsWith(begin) && stands(name));
  return found.map(([key, name]) => ({ instance: key.slice(begin.length), name: name ?? "" })).sort((one, other) => (one.instance < other.instance ? -1 : 1));
}

/**
 * Returns the questions as somebody is asked them: those of a repeated theme for each instance, its name first.
 * @template {{key: string, statement: string, repeats?: string, each?: string}} Question
 * @param {Question[]} questions @param {Record<string, string | null | undefined>} values @returns {Question[]}
 */
export function expanded(questions, values) {
  const themes = new Set();
  return questions.flatMap((one) => {
    const { repeats: theme } = one;
    if (!theme) return [one];
    if (themes.has(theme)) return [];
    themes.add(theme);
    const ones = questions.filter((other) => other.repeats === theme);
    return instancesOf(values, theme).flatMap(({ instance, name }) => [
      named(one, instance),
      ...ones.map((other) => ({ ...other, key: joined(other.key, instance), statement: `${name}: ${other.statement}` })),
    ]);
  });
}

/** @template {{key: string, statement: string, repeats?: string, each?: string}} Question @param {Question} first @param {string} instance @returns {Question} */
function named(first, instance) {
  const statement = `What do you call this ${first.each}?`;
  return { ...first, key: nameKey(first.repeats ?? "", instance), statement, answer_type: "text", points: [], options: [], unit: "" };
}

/**
 * Returns the address of the blank page for an address, and the instance that the page is for; null where it is for none.
 * One that is new gets its identifier here.
 * @param {string} path @returns {{pattern: string, instance: string} | null}
 */
export function patternOf(path) {
  const found = path.match(/^(.*--(?:name-)?)([0-9a-z]{8,30}|new)$/);
  if (!found) return null;
  return { pattern: found[1] + PATTERN, instance: found[2] === NEW ? newInstance() : found[2] };
}
