// The keyboard on the screen: real buttons that type where the caret is, by touch and by keys. A kiosk has no other.

import { columnsOf, keysFor } from "./keys.js";
import { LETTERS } from "./layouts.js";
import { neighbour, reach } from "./walking.js";

const page = document.documentElement;
const board = document.getElementById("keyboard");
const opener = document.querySelector("[data-action=keyboard]");
const inputs = [...document.querySelectorAll("[data-pad]")];
const always = matchMedia("(pointer: coarse)").matches;

let field = inputs.find((input) => input.ariaInvalid === "true") ?? inputs[0];
let language = LETTERS[page.lang] ? page.lang : "nl";
let plane = "letters";
let shifted = false;
let cleared = "";

const ACTS = {
  type,
  pick,
  delete: erase,
  clear: () => (cleared ? put(cleared, 0, 0) : clear()),
  space: () => type(" "),
  left: () => move(isRightToLeft() ? 1 : -1),
  right: () => move(isRightToLeft() ? -1 : 1),
  shift: () => { shifted = !shifted; draw(); },
  language: () => { language = language === page.lang ? "nl" : page.lang; draw(); },
  signs: () => show("signs"),
  accents: () => show("accents"),
  letters: () => show("letters"),
  done: next,
};

// Typing ------------------------------------------------------------------------------------------------------------

function put(text, from, to) {
  field.setRangeText(text, from, to, "end");
  showCaret();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function type(text) {
  put(text, field.selectionStart, field.selectionEnd);
}

function erase() {
  const [from, to] = [field.selectionStart, field.selectionEnd];
  put("", from === to ? Math.max(0, from - 1) : from, to);
}

function clear() {
  const text = field.value;
  put("", 0, text.length);
  cleared = text;
  draw();
}

function move(by) {
  const at = Math.min(Math.max(0, field.selectionEnd + by), field.value.length);
  field.setSelectionRange(at, at);
  showCaret();
}

// A script that types does not scroll a field that is full: the caret is about as far on as its place in the text.
function showCaret() {
  const share = field.selectionEnd / Math.max(1, field.value.length);
  const across = field.scrollWidth * share - field.clientWidth / 2;
  field.scrollLeft = isRightToLeft() ? -across : across;
  field.scrollTop = field.scrollHeight * share - field.clientHeight / 2;
}

function pick(value) {
  put(value, 0, field.value.length);
  next();
}

function next() {
  const following = inputs[inputs.indexOf(field) + 1] ?? [...field.form.elements].find((each) => each.type === "submit");
  if (!always && !inputs.includes(following)) close();
  following.focus();
}

function isRightToLeft() {
  return getComputedStyle(field).direction === "rtl";
}

// A capital where a name begins, and in a longer text where a sentence does.
function begins() {
  const before = field.value.slice(0, field.selectionStart);
  const beginning = field.tagName === "TEXTAREA" ? /(^|[.!?]\s|\n)\s*$/ : /^\s*$/;
  return field.autocapitalize === "sentences" && beginning.test(before);
}

function settle() {
  const redraw = cleared || shifted !== begins();
  cleared = "";
  shifted = begins();
  if (redraw) draw();
  keepInSight();
}

// Showing -----------------------------------------------------------------------------------------------------------

function draw() {
  const pad = field.dataset.pad === "text" ? plane : field.dataset.pad;
  board.dataset.shows = pad;
  board.dir = pad === "month" ? page.dir : "ltr";
  board.style.setProperty("--columns", columnsOf(pad));
  replace(keysFor({ pad, language, shifted, cleared }, ACTS));
}

function leadsBack(key) {
  return ["letters", "signs"].includes(key.dataset.sign);
}

// Other keys in the place of these; who was at one stays there, or at the key that leads back.
function replace(keys) {
  const held = board.contains(document.activeElement) && document.activeElement.dataset.sign;
  board.replaceChildren(...keys);
  const current = held && (keys.find((each) => each.dataset.sign === held) ?? keys.find(leadsBack));
  reach(keys, current || keys[0]);
  if (current) current.focus();
}

function show(wanted) {
  plane = wanted;
  draw();
}

function keepInSight() {
  field.closest(".entry").scrollIntoView({ block: "nearest" });
  field.scrollIntoView({ block: "nearest" });
}

function typeIn(input) {
  if (input === field && "typing" in field.dataset) return keepInSight();
  delete field.dataset.typing;
  field = input;
  field.dataset.typing = "";
  [plane, shifted, cleared] = ["letters", begins(), ""];
  if (!board.hidden) draw();
  keepInSight();
}

function open() {
  board.hidden = false;
  opener.hidden = true;
  draw();
  field.focus();
}

function close() {
  board.hidden = true;
  opener.hidden = false;
}

// By keys: an arrow leads from the field to the keys and along them, Escape leads back, and letters typed on a real
// keyboard go to the field from anywhere.

function leavesField(event) {
  const onward = event.key === (isRightToLeft() ? "ArrowLeft" : "ArrowRight");
  const atEnd = field.selectionStart === field.value.length;
  return (event.key === "ArrowDown" && (atEnd || field.tagName === "INPUT")) || (onward && atEnd);
}

function leaveField(event) {
  if (board.hidden || !leavesField(event)) return;
  event.preventDefault();
  board.querySelector("[tabindex='0']").focus();
}

function isForField(event) {
  const types = event.key.length === 1 && event.key !== " ";
  return (types && !event.ctrlKey && !event.altKey && !event.metaKey) || ["Backspace", "Escape"].includes(event.key);
}

function walk(event) {
  if (isForField(event)) return field.focus();
  if (!event.key.startsWith("Arrow")) return;
  const keys = [...board.children];
  const to = neighbour(keys, event.target, event.key, board.dir);
  event.preventDefault();
  if (to) reach(keys, to);
  if (to || event.key === "ArrowUp") (to ?? field).focus();
}

function begin() {
  board.hidden = !always;
  opener.hidden = always;
  opener.addEventListener("click", open);
  board.addEventListener("mousedown", (event) => event.preventDefault());
  board.addEventListener("keydown", walk);
  new ResizeObserver(keepInSight).observe(field.closest(".page"));
  for (const input of inputs) {
    if (always) input.inputMode = "none";
    input.addEventListener("focus", () => typeIn(input));
    input.addEventListener("input", settle);
    input.addEventListener("keydown", leaveField);
  }
  const comesFirst = field === [...field.form.elements].find((each) => each.type !== "hidden" && each.tagName !== "FIELDSET");
  if (always && !document.querySelector(".errors") && (comesFirst || field.ariaInvalid === "true")) field.focus();
  else typeIn(field);
}

if (inputs.length && !matchMedia("(max-width: 600px)").matches) begin();
