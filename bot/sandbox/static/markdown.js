// Discord's markdown as nodes. What a message says only ever becomes text nodes and http(s) links.

import {away, el} from "./dom.js";
import {stamp} from "./time.js";

// The names of channels and people by id; who shows a message fills it.
export const names = new Map();

const RUN = String.raw`((?:\\[^]|[^\\])+?)`; // a backslash takes the next character along
const URL = String.raw`https?:\/\/[^\s<>)]+`;

const wrap = (name, attributes) => ([, text]) => el(name, attributes, inline(text));
const named = (sign) => ([, id]) => el("span", {class: "mention"}, sign + (names.get(id) ?? id));

const INLINE = [
  [/\\([^\p{L}\p{N}\s])/uy, ([, character]) => character],
  [/(`+)([^]*?[^`])\1(?!`)/y, ([, , text]) => el("code", {}, text.trim())],
  [/<t:(-?\d{1,11})(?::([tTdDfFR]))?>/y, ([, epoch, style]) => stamp(Number(epoch), style)],
  [/<#(\d+)>/y, named("#")],
  [/<@[!&]?(\d+)>/y, named("@")],
  [/<\/([^:>]+):\d+>/y, ([, name]) => el("span", {class: "mention"}, "/" + name)],
  [new RegExp(String.raw`\[((?:\\[^]|[^\\\]])+)\]\(<?(${URL.replace("<>", "<>)")})>?\)`, "y"),
    ([, text, url]) => away(url, {}, inline(text))],
  [new RegExp(`<(${URL})>`, "y"), ([, url]) => away(url, {}, url)],
  [new RegExp(`${URL}(?<![.,:;!?'"*_])`, "y"), ([url]) => away(url, {}, url)],
  [new RegExp(String.raw`\*\*${RUN}\*\*(?!\*)`, "y"), wrap("strong")],
  [new RegExp(String.raw`__${RUN}__(?!_)`, "y"), wrap("u")],
  [new RegExp(`~~${RUN}~~`, "y"), wrap("s")],
  [new RegExp(String.raw`\|\|${RUN}\|\|`, "y"), wrap("span", {class: "spoiler", tabindex: 0})],
  [new RegExp(String.raw`\*(?![\s*])${RUN}(?<!\s)\*(?!\*)`, "y"), wrap("em")],
  [new RegExp(String.raw`(?<!\w)_(?!_)${RUN}_(?!\w)`, "y"), wrap("em")],
];

function inline(text) {
  const nodes = [];
  for (let at = 0; at < text.length;) {
    const [found, make] = match(text, at);
    const node = found ? make(found) : text[at];
    if (typeof node === "string" && typeof nodes.at(-1) === "string") nodes.push(nodes.pop() + node);
    else nodes.push(node);
    at += found ? found[0].length : 1;
  }
  return nodes;
}

function match(text, at) {
  for (const [pattern, make] of INLINE) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return [found, make];
  }
  return [];
}

// Lines that belong to one block: how they begin, and what they become.
const BLOCKS = [
  [/^-# +(?=\S)/, (lines) => lines.map((line) => el("small", {}, inline(line)))],
  [/^(#{1,3}) +(?=\S)/, (lines, marks) => lines.map((line, i) => el("h" + (marks[i].trim().length + 2), {}, inline(line)))],
  [/^> /, (lines) => el("blockquote", {}, blocks(lines))],
  [/^ *[-*] +(?=\S)/, (lines, marks) => el("ul", {}, items(lines, marks))],
  [/^ *\d+\. +(?=\S)/, (lines, marks) => el("ol", {start: parseInt(marks[0])}, items(lines, marks))],
];

const items = (lines, marks) =>
  lines.map((line, i) => el("li", {class: /^ {2}/.test(marks[i]) ? "deeper" : null}, inline(line)));

function blocks(lines) {
  const nodes = [];
  for (let at = 0; at < lines.length;) {
    const [starts, make] = BLOCKS.find(([starts]) => starts.test(lines[at])) ?? [null, paragraph];
    const end = lines.findIndex((line, i) => i > at && !continues(line, starts));
    const run = lines.slice(at, end < 0 ? lines.length : end);
    const marks = run.map((line) => (starts ? starts.exec(line)[0] : ""));
    nodes.push(make(run.map((line, i) => line.slice(marks[i].length)), marks));
    at += run.length;
  }
  return nodes.flat();
}

const continues = (line, starts) =>
  starts ? starts.test(line) : !BLOCKS.some(([starts]) => starts.test(line));

// A trailing line break shows nothing in a browser, but an empty line in Discord.
const paragraph = (lines) =>
  el("p", {}, inline(lines.join("\n")), lines.at(-1) === "" ? "\n" : "");

const FENCE = /\n?```(?:[\w+-]+\n)?\n?([^]+?)\n?```\n?/;

export function markdown(text) {
  return text.split(FENCE).flatMap((part, i) =>
    i % 2 ? el("pre", {}, part) : part === "" ? [] : blocks(part.split("\n")));
}
