// Turns what is pasted from a page into Markdown. The HTML is parsed into a document of its own, in which nothing is
// loaded or run, and only its text and structure are read.

const MAX_LENGTH = 2_000_000;
const MAX_DEPTH = 60;

// ---- What is left out, and what stands on lines of its own ----

const DROPPED = "script, style, noscript, template, head, meta, link, title, iframe, object, embed, svg, math, canvas, video, audio, button, input, select, textarea, dialog, [hidden], [aria-hidden=true], [data-style*='display:none' i], [data-style*='display: none' i]";
const BLOCKS = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 " +
    "HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "),
);
const MEANT = "a[href], b, strong, i, em, del, s, strike, code, kbd, samp, tt, sub, sup, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, table, img, hr, [data-style*='font-weight'], [data-style*='font-style']";
const SIGNS = { B: "**", STRONG: "**", I: "*", EM: "*", CITE: "*", DFN: "*", VAR: "*", DEL: "~~", S: "~~", STRIKE: "~~" };
const BREAK = "\u0000"; // a line break, until it is known what stands around it

/** The Markdown for a piece of HTML, or "" when there is nothing in it that plain text would not say as well. */
export function markdown(html) {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  for (const element of body.querySelectorAll(DROPPED)) element.remove();
  if (!body.querySelector(MEANT)) return "";
  return blocks(body, 0).join("\n\n");
}

// The site's Content-Security-Policy allows no styles and handlers in a page, and browsers complain of them even where
// nothing is shown or run.
function withoutStyles(html) {
  return html.replace(/<style\b[^]*?(?:<\/style\s*>|$)/gi, "").replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
}

// ---- Blocks ----

/** The blocks in an element, each as Markdown; text between blocks is a paragraph. */
function blocks(element, depth) {
  const found = [];
  let run = [];
  const flush = () => {
    for (const paragraph of paragraphs(run, depth)) found.push(paragraph);
    run = [];
  };
  for (const node of element.childNodes) {
    if (!hasBlock(node)) run.push(node);
    else {
      flush();
      for (const one of block(node, depth + 1)) found.push(one);
    }
  }
  flush();
  return found;
}

const isBlock = (node) => node.nodeType === Node.ELEMENT_NODE && BLOCKS.has(node.tagName);

// Links and spans around whole blocks are taken for what is in them. Looked up once for each element.
const holding = new WeakMap();
function hasBlock(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  if (!holding.has(node)) holding.set(node, isBlock(node) || [...node.children].some(hasBlock));
  return holding.get(node);
}

function block(element, depth) {
  if (depth > MAX_DEPTH) return paragraphs([document.createTextNode(element.textContent)], depth);
  switch (element.tagName) {
    case "H1": case "H2": case "H3": case "H4": case "H5": case "H6": {
      const words = oneLine(inlines(element.childNodes, depth, { bold: true }));
      return words ? [`${"#".repeat(Number(element.tagName[1]))} ${words}`] : [];
    }
    case "HR": return ["---"];
    case "PRE": return fence(element);
    case "BLOCKQUOTE": return begun(blocks(element, depth).join("\n\n"), "> ", "> ");
    case "UL": case "OL": return list(element, depth);
    case "LI": return begun(item(element, depth), "- ", "  ");
    case "TABLE": return table(element, depth);
    case "DT": return paragraphs(element.childNodes, depth).map((words) => `**${words}**`);
    default: return blocks(element, depth);
  }
}

function paragraphs(nodes, depth) {
  return inlines(nodes, depth, {})
    .split(/\s*\u0000\s*\u0000\s*/)
    .map((words) => tidied(words).replaceAll(BREAK, "\\\n"))
    .filter(Boolean)
    .map(escapedBegins);
}

// Spaces and breaks at the ends go, and spaces around a break. (Regular expressions that look for a run at the end of a
// text are slow on long runs elsewhere.)
function tidied(words) {
  const [start, end] = ends(words);
  return words.slice(start, end).replace(/\s*\u0000[\s\u0000]*/g, BREAK);
}

function ends(words) {
  let [start, end] = [0, words.length];
  while (start < end && /[\s\u0000]/.test(words[start])) start++;
  while (end > start && /[\s\u0000]/.test(words[end - 1])) end--;
  return [start, end];
}
const oneLine = (words) => tidied(words).replaceAll(BREAK, " ");

// What would begin a heading, a list or the like at the beginning of a line.
function escapedBegins(words) {
  return words.replace(/^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|(?:=+|-+)(?=\s*$)|~{3,}|:(?=\s))/gm, "\\$&").replace(/^(\d{1,9})([.)])(?=\s|$)/gm, "$1\\$2");
}

function begun(text, first, others) {
  if (!text) return [];
  return [text.split("\n").map((line, nth) => (nth ? (line ? others + line : others.trimEnd()) : first + line)).join("\n")];
}

function list(element, depth) {
  const ordered = element.tagName === "OL";
  let number = Number.parseInt(element.getAttribute("start"), 10);
  if (!(number >= 0)) number = 1;
  const items = [];
  for (const child of element.children) {
    if (child.tagName === "UL" || child.tagName === "OL") {
      // Word and others put a list right into a list: it belongs to the item before.
      const inner = list(child, depth + 1).join("\n");
      if (!inner) continue;
      if (items.length) items[items.length - 1] += `\n${begun(inner, "  ", "  ")[0]}`;
      else items.push(inner);
      continue;
    }
    const sign = ordered ? `${number++}. ` : "- ";
    items.push(begun(item(child, depth), sign, " ".repeat(sign.length))[0] ?? sign.trim());
  }
  const isLoose = items.some((text) => text.includes("\n\n"));
  return items.length ? [items.join(isLoose ? "\n\n" : "\n")] : [];
}

// The words of an item, and lists in it right below.
function item(element, depth) {
  const parts = depth > MAX_DEPTH ? paragraphs([document.createTextNode(element.textContent)], depth) : blocks(element, depth + 1);
  const isShort = [...element.children].every((child) => !hasBlock(child) || child.matches("ul, ol, p:first-child")) && element.querySelectorAll(":scope > p").length < 2;
  return parts.join(isShort ? "\n" : "\n\n");
}

function fence(element) {
  for (const br of element.querySelectorAll("br")) br.replaceWith("\n");
  const text = element.textContent.replaceAll("\u00a0", " ").replace(/^\n/, "").trimEnd();
  if (!text) return [];
  const named = [element, element.querySelector("code"), element.parentElement].map((one) => one?.className?.match?.(/\b(?:lang|language|highlight-source)-([\w+#.-]{1,30})/)?.[1]);
  const sign = "`".repeat(Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return [`${sign}${named.find(Boolean) || ""}\n${text}\n${sign}`];
}

function table(element, depth) {
  const rows = [...element.rows].map((row) => [...row.cells]);
  const width = Math.max(0, ...rows.map((cells) => cells.reduce((sum, cell) => sum + span(cell), 0)));
  // Tables that only place things on a page, and those that Markdown cannot say.
  if (width < 2 || width > 50 || element.querySelector("table, pre, ul, ol, blockquote")) {
    return rows.flat().flatMap((cell) => blocks(cell, depth + 1));
  }
  const line = (cells) => {
    const words = cells.flatMap((cell) => [cellText(cell, depth), ...Array(span(cell) - 1).fill("")]);
    return `| ${[...words, ...Array(width - words.length).fill("")].join(" | ")} |`;
  };
  const sides = rows[0].flatMap((cell) => Array(span(cell)).fill(side(cell)));
  const rule = `| ${[...sides, ...Array(Math.max(0, width - sides.length)).fill("---")].join(" | ")} |`;
  const caption = element.caption ? blocks(element.caption, depth + 1) : [];
  return [...caption, [line(rows[0]), rule, ...rows.slice(1).map(line)].join("\n")];
}

const span = (cell) => Math.min(50, Math.max(1, cell.colSpan || 1));
const side = (cell) => ({ left: ":--", center: ":-:", right: "--:" })[styled(cell, "text-align") || cell.getAttribute("align")] || "---";
const cellText = (cell, depth) => tidied(inlines(cell.childNodes, depth + 1, {})).replaceAll(BREAK, "<br>").replace(/\|/g, "\\|");

// ---- Words ----

function inlines(nodes, depth, within) {
  let text = "";
  for (const node of nodes) text += inline(node, depth, within);
  return joined(text);
}

// Spaces next to each other are one, and emphasis that ends and begins again goes on.
const joined = (text) => text.replace(/[ \t]{2,}/g, " ").replaceAll("****", "");

function inline(node, depth, within) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/[\s\u0000]+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (depth > MAX_DEPTH) return escaped(node.textContent.replace(/[\s\u0000]+/g, " "));
  const inside = (now = within) => inlines(node.childNodes, depth + 1, now);
  switch (node.tagName) {
    case "BR": return BREAK;
    case "WBR": return "";
    case "IMG": return picture(node);
    case "A": return link(node, inside, within);
    case "CODE": case "SAMP": case "TT": return code(node.textContent);
    case "KBD": case "SUB": case "SUP": return wrapped(inside(), `<${node.tagName.toLowerCase()}>`, `</${node.tagName.toLowerCase()}>`);
  }
  const sign = signOf(node);
  const kind = { "**": "bold", "*": "italic", "~~": "gone" }[sign];
  if (!sign || within[kind]) return hasBlock(node) ? ` ${inside()} ` : inside();
  return wrapped(inside({ ...within, [kind]: true }), sign, sign);
}

// Google's documents stand in a <b> that says it is not bold, and their bold words in spans that say they are.
function signOf(node) {
  const { tagName } = node;
  const [fontWeight, fontStyle] = [styled(node, "font-weight"), styled(node, "font-style")];
  const sign = SIGNS[tagName];
  if (sign === "**" && /^(normal|400)$/.test(fontWeight)) return "";
  if (sign === "*" && fontStyle === "normal") return "";
  if (sign || tagName !== "SPAN") return sign || "";
  return /^(bold|[6-9]00)$/.test(fontWeight) ? "**" : fontStyle === "italic" ? "*" : "";
}

function styled(node, name) {
  const found = (node.dataset.style || "").match(new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([\\w-]+)`, "i"));
  return found ? found[1].toLowerCase() : "";
}

// Signs stand right at the words, with the spaces and breaks outside.
function wrapped(text, begin, end) {
  const [from, to] = ends(text);
  return from < to ? text.slice(0, from) + begin + text.slice(from, to) + end + text.slice(to) : text;
}

function code(content) {
  const text = content.replace(/\s+/g, " ");
  if (!text.trim()) return text && " ";
  const sign = "`".repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return /^`|`$/.test(text) ? `${sign} ${text} ${sign}` : wrapped(text, sign, sign);
}

const address = (url) => (/^(https?:|mailto:)/i.test(url) ? url.replace(/[\s()<>\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`) : "");

function link(node, inside, within) {
  const to = address((node.getAttribute("href") || "").trim());
  const words = inside({ ...within, link: true });
  // Signs that lead to a place of the same page, as headings have them.
  if (/^[\s¶#§]*$/.test(words.replaceAll("\\", ""))) return "";
  if (!to || within.link) return words;
  if (words.trim() === escaped(node.getAttribute("href").trim())) return `<${to}>`;
  return wrapped(oneLineInside(words), "[", `](${to})`);
}

const oneLineInside = (words) => words.replace(/\u0000/g, " ");

// Pictures without words are for the eye alone, and tiny ones count readers.
function picture(node) {
  const to = address((node.getAttribute("src") || "").trim());
  const words = (node.getAttribute("alt") || "").replace(/\s+/g, " ").trim();
  const isTiny = [node.getAttribute("width"), node.getAttribute("height")].some((size) => size !== null && Number.parseInt(size, 10) < 4);
  return to && !to.startsWith("mailto") && words && !isTiny ? `![${escaped(words)}](${to})` : "";
}

// Only what would be read as Markdown; a text full of backslashes is nobody's.
function escaped(text) {
  return text
    .replace(/[\\`]/g, "\\$&")
    .replace(/\*+(?=\S)|(?<=\S)\*+/g, (signs) => "\\*".repeat(signs.length))
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, (signs) => "\\_".repeat(signs.length))
    .replace(/~~/g, "\\~~")
    .replace(/\](?=[([:])|\[(?=\^)/g, "\\$&")
    .replace(/<(?=[a-z/!?])/gi, "\\<")
    .replace(/&(?=#?\w+;)/g, "\\&")
    .replace(/\$(?=\S[^$]*\S?\$)/g, "\\$");
}

// ---- Pasting ----

let plainWanted = 0;

addEventListener("keydown", (event) => {
  // Ctrl+Shift+V: as plain text. The pasting follows at once.
  if (event.shiftKey && (event.ctrlKey || event.metaKey) && event.code === "KeyV") plainWanted = event.timeStamp;
});

addEventListener("paste", (event) => {
  const field = event.target;
  if (!field.matches?.("textarea[data-markdown]") || event.defaultPrevented) return;
  const data = event.clipboardData;
  if (event.timeStamp - plainWanted < 500 && plainWanted) return;
  const text = insteadOf(field, data);
  if (!text) return;
  event.preventDefault();
  // A selection that moved in between makes this a step of its own for Ctrl+Z.
  const { selectionStart, selectionEnd } = field;
  field.setSelectionRange(0, 0);
  field.setSelectionRange(selectionStart, selectionEnd);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
});

/** What to insert instead of the plain text, or "" for the plain text. */
function insteadOf(field, data) {
  const before = field.value.slice(0, field.selectionStart);
  // In code everything is meant as it stands; and editors of code bring nothing but colours.
  if ((before.match(/^ {0,3}(?:```|~~~)/gm) || []).length % 2 || data.types.includes("vscode-editor-data")) return "";
  const chosen = field.value.slice(field.selectionStart, field.selectionEnd);
  const plain = data.getData("text/plain").trim();
  if (chosen.trim() && !/[\n\]]/.test(chosen) && /^https?:\/\/\S+$/.test(plain)) return `[${chosen}](${address(plain)})`;
  const html = data.getData("text/html");
  return html && html.length <= MAX_LENGTH ? markdown(html) : "";
}
