// The keyboard on the screen: real buttons that type where the caret is. A kiosk has no other.

import { COLUMNS, LETTERS, NAMES, OTHER, PADS } from "./layouts.js";

const DEFAULT_COLUMNS = 3;
const page = document.documentElement.lang;
const board = document.getElementById("keyboard");
const opener = document.querySelector("[data-action=keyboard]");
const inputs = [...document.querySelectorAll("[data-pad]")];

let field = inputs[0];
let language = LETTERS[page] ? page : "nl";
let shifted = false;
let digits = false;

const TOOLS = {
  delete: erase,
  space: () => type(" "),
  shift: () => { shifted = !shifted; draw(); },
  digits: () => { digits = true; draw(); },
  letters: () => { digits = false; draw(); },
  language: () => { language = OTHER[language]; draw(); },
  done: next,
};

function put(text, from, to) {
  field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function type(text) {
  put(shifted ? text.toUpperCase() : text, field.selectionStart, field.selectionEnd);
  if (shifted) TOOLS.shift();
}

function erase() {
  const [from, to] = [field.selectionStart, field.selectionEnd];
  put("", from === to ? Math.max(0, from - 1) : from, to);
}

function pick(value) {
  put(String(value), 0, field.value.length);
  next();
}

function next() {
  const following = inputs[inputs.indexOf(field) + 1];
  if (following) following.focus();
  else close();
}

function key(text, span, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  button.className = "key";
  button.textContent = text;
  button.style.gridColumn = `span ${span}`;
  button.addEventListener("click", act);
  return button;
}

function tool(name, span) {
  const signs = { language: NAMES[OTHER[language]], digits: "123", letters: "Abc" };
  const drawing = document.querySelector(`[data-picture=${name}]`);
  const button = key(signs[name] ?? board.dataset[name], span, TOOLS[name]);
  button.classList.add("tool");
  if (drawing) {
    button.ariaLabel = button.textContent;
    button.replaceChildren(drawing.content.cloneNode(true));
  }
  if (name === "shift") button.ariaPressed = shifted;
  return button;
}

function keyOf(text, usual) {
  const [, sign, span = usual] = text.match(/^(.+?)(?::(\d+))?$/);
  if (sign.length > 2 && sign.startsWith("<")) return tool(sign.slice(1, -1), span);
  return key(shifted ? sign.toUpperCase() : sign, span, () => type(sign));
}

function keysOf(rows, columns) {
  const usual = columns === COLUMNS.letters ? 2 : 1;
  return rows.flatMap((row) => row.split(" ").map((text) => keyOf(text, usual)));
}

function choices(count, nameOf) {
  return Array.from({ length: count }, (_, index) => key(nameOf(index), 1, () => pick(index + 1)));
}

function years() {
  const now = new Date().getFullYear();
  return [now - 1, now, now + 1].map((year) => key(year, 1, () => pick(year)));
}

const monthName = new Intl.DateTimeFormat(page, { month: "long", calendar: "gregory", timeZone: "UTC" });

const DRAWN = {
  day: () => choices(31, (index) => index + 1),
  month: () => choices(12, (index) => monthName.format(Date.UTC(2027, index, 1))),
  year: () => [...years(), ...keysOf(PADS.year, DEFAULT_COLUMNS)],
};

function draw() {
  const pad = field.dataset.pad === "text" ? (digits ? "digits" : "letters") : field.dataset.pad;
  const columns = COLUMNS[pad] ?? DEFAULT_COLUMNS;
  board.dataset.shows = pad;
  board.dir = pad === "month" ? document.documentElement.dir : "ltr";
  board.style.setProperty("--columns", columns);
  board.replaceChildren(...(DRAWN[pad]?.() ?? keysOf(PADS[pad] ?? LETTERS[language], columns)));
}

function open() {
  board.hidden = false;
  opener.hidden = true;
  digits = false;
  draw();
  field.closest(".entry").scrollIntoView({ block: "nearest" });
}

function close() {
  board.hidden = true;
  opener.hidden = false;
  field.blur();
}

function begin() {
  const onTouchScreen = matchMedia("(pointer: coarse)").matches;
  opener.hidden = false;
  opener.addEventListener("click", () => { open(); field.focus(); });
  board.addEventListener("mousedown", (event) => event.preventDefault());
  for (const input of inputs) {
    if (onTouchScreen) input.inputMode = "none";
    input.addEventListener("focus", () => { field = input; if (onTouchScreen || !board.hidden) open(); });
  }
  if (inputs.includes(document.activeElement)) document.activeElement.blur();
  if (onTouchScreen && !document.querySelector(".errors")) (document.querySelector("[data-pad][aria-invalid]") ?? field).focus();
}

if (inputs.length) begin();
