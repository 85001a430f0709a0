// The keys of a pad: buttons with what they show and what a voice calls them. What they do, says who asks for them.

import { COLUMNS, DEFAULT_COLUMNS, FEET, LATIN, LETTERS, OTHER_SCRIPTS, PADS, USUAL } from "./layouts.js";

const page = document.documentElement;
const said = new Map([...document.querySelectorAll("template[data-sign]")].map((each) => [each.dataset.sign, each]));
const monthName = new Intl.DateTimeFormat(page.lang, { month: "long", calendar: "gregory", timeZone: "UTC" });
const lastYear = new Date().getFullYear() - 1;

export function columnsOf(pad) {
  return COLUMNS[pad] ?? DEFAULT_COLUMNS;
}

function key(name, text, span, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "key";
  button.dataset.sign = name;
  button.textContent = text;
  button.style.gridColumn = `span ${span}`;
  if (said.has(name)) button.ariaLabel = said.get(name).dataset.said;
  button.addEventListener("click", act);
  return button;
}

// The language in which a voice says this letter.
function languageOf(letter, { language }) {
  return OTHER_SCRIPTS[language] && /\p{Script=Latin}/u.test(letter) ? "nl" : language;
}

function sign(text, span, shown, acts) {
  const typed = shown.shifted ? text.toLocaleUpperCase(shown.language) : text;
  const button = key(text, typed, span, () => acts.type(typed));
  if (/\p{L}/u.test(text)) button.lang = languageOf(text, shown);
  return button;
}

function textOf(name, drawn, { language }) {
  const nameOf = (each) => OTHER_SCRIPTS[each] ?? LATIN;
  const names = { letters: nameOf(language), language: nameOf(language === page.lang ? "nl" : page.lang) };
  return names[name] ?? drawn.dataset.shown ?? drawn.dataset.said;
}

function tool(name, span, shown, acts) {
  const drawn = said.get(name === "clear" && shown.cleared ? "restore" : name);
  const text = textOf(name, drawn, shown);
  const button = key(name, text, span, acts[name]);
  button.classList.add("tool");
  button.ariaLabel = text === drawn.dataset.said ? text : `${text}: ${drawn.dataset.said}`;
  if (drawn.content.childElementCount) button.replaceChildren(drawn.content.cloneNode(true));
  if (name === "shift") button.ariaPressed = shown.shifted;
  return button;
}

const CHOICES = {
  days: Array.from({ length: 31 }, (_, index) => [index + 1, index + 1]),
  months: Array.from({ length: 12 }, (_, index) => [index + 1, monthName.format(Date.UTC(2027, index, 1))]),
  years: [lastYear, lastYear + 1, lastYear + 2].map((year) => [year, year]),
};

function choices(name, span, acts) {
  return CHOICES[name].map(([value, text]) => key(String(value), text, span, () => acts.pick(String(value))));
}

function keysOf(row, usual, shown, acts) {
  return row.split(" ").flatMap((text) => {
    const [, name, span = usual] = text.match(/^(.+?)(?::(\d+))?$/);
    const [, inside] = name.match(/^<(.+)>$/) ?? [];
    if (!inside) return sign(name, span, shown, acts);
    return CHOICES[inside] ? choices(inside, span, acts) : tool(inside, span, shown, acts);
  });
}

function lettersAndFoot(language) {
  const foot = OTHER_SCRIPTS[language] ? "other" : OTHER_SCRIPTS[page.lang] ? "both" : "latin";
  return [...LETTERS[language], FEET[foot]];
}

// The buttons of what is shown (pad, language, shifted, cleared), in the order of its rows.
export function keysFor(shown, acts) {
  const rows = PADS[shown.pad] ?? lettersAndFoot(shown.language);
  return rows.flatMap((row) => keysOf(row, USUAL[columnsOf(shown.pad)], shown, acts));
}
