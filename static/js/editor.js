// Gives every Markdown field a toolbar and the keys that people know from other editors. Without this script the
// field is a plain one. Changes go through insertText, so that Ctrl+Z takes them back like typed ones.

const apple = /Mac|iPhone|iPad/.test(navigator.platform);
const control = apple ? "⌘" : gettext("Ctrl+");

// ---- Changing the text ----

// Puts `text` in the place of the characters from `start` to `end`, and selects from `from` to `to` of the result.
function replace(field, start, end, text, from = start + text.length, to = from) {
  field.focus();
  field.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
  if (!done) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(from, to);
}

// The whole lines that the selection touches.
function lines(field) {
  const text = field.value;
  const start = text.lastIndexOf("\n", field.selectionStart - 1) + 1;
  // A selection that ends at the beginning of a line does not touch that line.
  const last = field.selectionEnd > field.selectionStart && text[field.selectionEnd - 1] === "\n" ? field.selectionEnd - 1 : field.selectionEnd;
  const end = text.indexOf("\n", last);
  return { start, end: end < 0 ? text.length : end };
}

// Sets signs such as ** around what is selected, each paragraph by itself, or takes them away.
function around(field, sign, words) {
  let { selectionStart: start, selectionEnd: end } = field;
  const text = field.value;
  // A double click takes the space after the word along.
  while (end > start && /\s/.test(text[end - 1])) end--;
  while (start < end && /\s/.test(text[start])) start++;
  const chosen = text.slice(start, end);
  const n = sign.length;
  const signsAt = (place, step) => {
    let count = 0;
    while (text[place + step * count] === sign[0]) count++;
    return count;
  };
  const has = (count) => (n === 1 ? count % 2 === 1 : count >= 2);
  if (start - n >= 0 && has(signsAt(start - 1, -1)) && has(signsAt(end, 1))) {
    return replace(field, start - n, end + n, chosen, start - n, end - n);
  }
  if (chosen.length > 2 * n && has(chosen.match(/^\**/)[0].length) && has(chosen.match(/\**$/)[0].length)) {
    return replace(field, start, end, chosen.slice(n, -n), start, end - 2 * n);
  }
  const marked = (chosen || words).replace(/[^\n](?:.|\n(?!\s*\n))*/g, (paragraph) => sign + paragraph + sign);
  const single = !/\n\s*\n/.test(chosen);
  replace(field, start, end, marked, start + (single ? n : 0), start + marked.length - (single ? n : 0));
}

// Begins each line with a sign, or takes it away where all have it.
function before(field, is, sign) {
  const { start, end } = lines(field);
  const old = field.value.slice(start, end).split("\n");
  const some = old.filter((line) => line.trim());
  const undo = some.length > 0 && some.every((line) => is.test(line));
  let number = 0;
  const changed = old.map((line) => {
    if (undo) return line.replace(is, "");
    if (!line.trim() && old.length > 1) return sign(0) === "> " ? ">" : line;
    number++;
    return sign(number) + line.replace(/^(?:[-*+]|\d+[.)])\s+(?=\S)/, (item) => (sign(0) === "> " ? item : ""));
  }).join("\n");
  const caret = start + changed.length;
  replace(field, start, end, changed, old.length > 1 ? start : caret, caret);
}

function heading(field) {
  const { start, end } = lines(field);
  const line = field.value.slice(start, end);
  const changed = /^#{1,6}\s/.test(line) ? line.replace(/^#{1,6}\s+/, "") : `## ${line.trimStart()}`;
  replace(field, start, end, changed);
}

function link(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  const chosen = field.value.slice(start, end);
  const standIn = gettext("words");
  if (/^(https?:\/\/|mailto:)\S+$/.test(chosen)) return replace(field, start, end, `[${standIn}](${chosen})`, start + 1, start + 1 + standIn.length);
  const words = chosen || standIn;
  const address = start + words.length + 3;
  // What is still missing is selected: the words, or else the address.
  if (!chosen) return replace(field, start, end, `[${words}](https://)`, start + 1, start + 1 + words.length);
  replace(field, start, end, `[${words}](https://)`, address, address + 8);
}

function code(field) {
  const { selectionStart: start, selectionEnd: end } = field;
  const text = field.value;
  const chosen = text.slice(start, end);
  const place = lines(field);
  const emptyLine = start === end && !text.slice(place.start, place.end).trim();
  if (!chosen.includes("\n") && !emptyLine) {
    if (chosen && text[start - 1] === "`" && text[end] === "`") return replace(field, start - 1, end + 1, chosen, start - 1, end - 1);
    const longest = Math.max(0, ...(chosen.match(/`+/g) || []).map((run) => run.length));
    const sign = "`".repeat(longest + 1);
    const space = /^`|`$/.test(chosen) ? " " : "";
    const words = chosen || gettext("code");
    return replace(field, start, end, sign + space + words + space + sign, start + sign.length + space.length, start + sign.length + space.length + words.length);
  }
  const block = text.slice(place.start, place.end);
  const longest = Math.max(2, ...(block.match(/`+/g) || []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const before = place.start && text[place.start - 2] !== "\n" ? "\n" : "";
  const from = place.start + before.length + fence.length;
  // The caret stands where the language is named.
  replace(field, place.start, place.end, `${before}${fence}\n${block}\n${fence}`, from);
}

function table(field) {
  const { end } = lines(field);
  const rest = field.value.slice(0, end);
  const gap = !rest.trim() ? "" : rest.endsWith("\n\n") ? "" : rest.endsWith("\n") ? "\n" : "\n\n";
  const start = end + gap.length;
  const [head, cell] = [gettext("Heading"), gettext("Cell")];
  replace(field, end, end, `${gap}| ${head} | ${head} |\n| --- | --- |\n| ${cell} | ${cell} |\n`, start + 2, start + 2 + head.length);
}

// ---- The toolbar ----

// Drawn on a square of 24, in strokes; `key` is pressed with Ctrl or ⌘.
const TOOLS = [
  { name: gettext("Bold"), key: "B", path: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z", act: (field) => around(field, "**", gettext("bold words")) },
  { name: gettext("Italic"), key: "I", path: "M10 5h8M6 19h8M14 5l-4 14", act: (field) => around(field, "*", gettext("words")) },
  { name: gettext("Heading"), path: "M6 5v14M18 5v14M6 12h12", act: heading },
  { name: gettext("Link"), key: "K", path: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1", act: link },
  { name: gettext("Quotation"), path: "M5 5v14M10 8h9M10 12h9M10 16h6", act: (field) => before(field, /^> ?/, () => "> ") },
  { name: gettext("Code"), path: "M9 7l-5 5 5 5M15 7l5 5-5 5", act: code },
  { name: gettext("Bulleted list"), key: "Shift+8", path: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01", act: (field) => before(field, /^[-*+] /, () => "- ") },
  { name: gettext("Numbered list"), key: "Shift+7", path: "M10 6h10M10 12h10M10 18h10M4 5l1.5-1v5M3.5 14.5c0-2 3-2 3 0 0 1-3 2.500-3 4.500h3", act: (field) => before(field, /^\d+[.)] /, (number) => `${number}. `) },
  { name: gettext("Table"), path: "M4 5h16v14H4zM4 10h16M12 5v14", act: table },
];

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const stroke = svg.appendChild(document.createElementNS(svg.namespaceURI, "path"));
  stroke.setAttribute("d", path);
  return svg;
}

function toolbar(field) {
  const bar = document.createElement("div");
  bar.className = "toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", gettext("Formatting"));
  bar.setAttribute("aria-controls", field.id);
  for (const [nth, tool] of TOOLS.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = nth ? -1 : 0; // one stop for the Tab key; arrows go on from there
    button.setAttribute("aria-label", tool.name);
    button.title = tool.key ? `${tool.name} (${control}${tool.key})` : tool.name;
    if (tool.key) button.setAttribute("aria-keyshortcuts", `${apple ? "Meta" : "Control"}+${tool.key}`);
    button.append(icon(tool.path));
    button.addEventListener("click", () => tool.act(field));
    bar.append(button);
  }
  bar.addEventListener("keydown", (event) => {
    const buttons = [...bar.children];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    stopAt(bar, buttons.at(to % buttons.length)).focus();
  });
  bar.addEventListener("focusin", (event) => stopAt(bar, event.target.closest("button")));
  return bar;
}

function stopAt(bar, button) {
  for (const other of bar.children) other.tabIndex = other === button ? 0 : -1;
  return button;
}

// ---- Keys in the field ----

function pressed(event) {
  const field = event.currentTarget;
  if (event.isComposing || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key === "Enter") {
      event.preventDefault();
      const send = field.form?.querySelector("button.act:not([type=button])");
      if (send) field.form.requestSubmit(send);
      return;
    }
    // With Shift, a key's sign is another on every keyboard, so there the place of the key counts.
    const key = event.shiftKey ? `Shift+${event.code.replace("Digit", "")}` : event.key.toUpperCase();
    const tool = TOOLS.find((tool) => tool.key === key);
    if (!tool) return;
    event.preventDefault();
    tool.act(field);
  } else if (event.key === "Enter" && !event.shiftKey && goesOn(field)) {
    event.preventDefault();
  }
}

// A new line in a list or a quotation begins like the one before; an empty item ends the list instead.
function goesOn(field) {
  const { selectionStart: at, selectionEnd } = field;
  if (at !== selectionEnd) return false;
  const text = field.value;
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const [begin, indent, quotes, bullet, number, point, box] =
    text.slice(start, at).match(/^(\s*)((?:> ?)*)(?:([-*+])\s+|(\d{1,9})([.)])\s+)?(\[[ xX]\]\s)?/) || [];
  if (!begin?.trim() || inCode(text.slice(0, start))) return false;
  const end = text.indexOf("\n", at);
  if (!text.slice(start + begin.length, end < 0 ? text.length : end).trim()) {
    replace(field, start, start + begin.length, bullet || number ? indent + quotes : "");
    return true;
  }
  const item = bullet ? `${bullet} ` : number ? `${Number(number) + 1}${point} ` : "";
  replace(field, at, at, `\n${indent}${quotes}${item}${box ? "[ ] " : ""}`);
  return true;
}

function inCode(text) {
  return (text.match(/^ {0,3}(?:```|~~~)/gm) || []).length % 2 === 1;
}

// ---- Every field, also of what htmx brings ----

function begin() {
  for (const field of document.querySelectorAll("textarea[data-markdown]:not([data-has-toolbar])")) {
    field.dataset.hasToolbar = "";
    field.before(toolbar(field));
    field.addEventListener("keydown", pressed);
  }
}
addEventListener("htmx:load", begin);
begin();
