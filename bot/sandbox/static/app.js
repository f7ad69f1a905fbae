// Which channel is open, what stands in it, and what has just been said.

import {el} from "./dom.js";
import {names} from "./markdown.js";
import {article, aside, called, notice} from "./message.js";
import {clockDate, clockTime, day, epochOf, setNow, setZone} from "./time.js";

const page = {
  banner: document.querySelector("#banner"),
  nav: document.querySelector("#channels"),
  menu: document.querySelector("#menu"),
  title: document.querySelector("#title"),
  time: document.querySelector("#clock time"),
  pace: document.querySelector("#pace"),
  list: document.querySelector("#messages"),
  below: document.querySelector("#below"),
};
const said = page.banner.textContent;

const channels = new Map(); // id -> {id, name, guild, messages, seen: the newest message looked at}
const answers = new Map(); // message id -> Map(custom id -> what only you see)
let open = null;

// Channels

function fill({channels: told, messages}) {
  const seen = new Map([...channels.values()].map((each) => [each.id, each.seen]));
  channels.clear();
  for (const each of told) {
    channels.set(each.id, {...each, messages: new Map(), seen: seen.get(each.id) ?? 0n});
    names.set(each.id, each.name);
  }
  for (const message of messages) keep(message);
}

function keep(message) {
  channels.get(message.channel_id)?.messages.set(message.id, message);
  names.set(message.author.id, called(message.author));
}

const newest = (channel) => BigInt([...channel.messages.keys()].at(-1) ?? 0);
const unread = (channel) => channel !== open && newest(channel) > channel.seen;
const listed = () => [...channels.values()].filter((each) => each.guild || each.messages.size);

function drawChannels() {
  const groups = new Map();
  for (const each of listed()) {
    const group = each.guild ?? "Direct messages";
    groups.set(group, [...(groups.get(group) ?? []), each]);
  }
  page.nav.replaceChildren(...[...groups].map(([group, members]) =>
    el("section", {}, el("h2", {}, group), el("ul", {}, members.map(entry)))));
  page.menu.classList.toggle("unread", listed().some(unread));
}

const entry = (channel) =>
  el("li", {class: unread(channel) ? "unread" : null},
    el("a", {href: "#" + encodeURIComponent(channel.name), "aria-current": channel === open ? "page" : null},
      el("span", {class: "sign", "aria-hidden": "true"}, sign(channel)), channel.name,
      unread(channel) && el("span", {class: "unseen"}, " unread")));

const sign = (channel) => (channel.guild ? "#" : "@");

// #name or #name/message
function follow() {
  const [name, message] = decodeURIComponent(location.hash.slice(1)).split("/");
  const all = listed();
  show(all.find((each) => each.name === name || each.id === name) ?? open ?? all[0]);
  if (message) reveal(message);
}

function show(channel) {
  if (!channel) return;
  toggleMenu(false);
  open = channel;
  open.seen = newest(open);
  document.title = `${sign(open)}${open.name} | ${open.guild ?? "Direct messages"}`;
  page.title.replaceChildren(el("span", {class: "sign", "aria-hidden": "true"}, sign(open)), open.name);
  drawChannels();
  page.list.replaceChildren(welcome(open));
  for (const message of open.messages.values()) page.list.append(item(message));
  toEnd();
}

function welcome(channel) {
  const called = sign(channel) + channel.name;
  return el("li", {class: "welcome"},
    el("span", {class: "big", "aria-hidden": "true"}, sign(channel)),
    el("h2", {}, `Welcome to ${called}!`),
    el("p", {}, `This is the start of ${called}.`));
}

function move(by) {
  const all = listed();
  location.hash = all[(all.indexOf(open) + by + all.length) % all.length].name;
}

// Messages

function item(message) {
  const before = [...open.messages.values()];
  const previous = before[before.findIndex((each) => each.id === message.id) - 1];
  const today = day(epochOf(message.timestamp));
  const starts = !previous || day(epochOf(previous.timestamp)) !== today;
  return el("li", {id: "m" + message.id},
    starts && el("p", {class: "divider"}, el("span", {}, today)),
    drawn(message),
    el("div", {class: "asides"}, asides(message)));
}

const drawn = (message, host = message) =>
  article(message, {
    channel: encodeURIComponent(open.name),
    press: (pressed, button) => press(host, pressed, button),
  });

const itemOf = (id) => document.querySelector("#m" + CSS.escape(id));

function create(message) {
  const follows = atEnd();
  keep(message);
  if (message.channel_id !== open?.id) return drawChannels();
  open.seen = newest(open);
  const fresh = item(message);
  page.list.append(fresh);
  if (follows) reach(fresh);
  else page.below.hidden = false;
}

const atEnd = () => page.list.scrollHeight - page.list.scrollTop - page.list.clientHeight < 120;

function toEnd() {
  page.list.scrollTop = page.list.scrollHeight;
  page.below.hidden = true;
}

// Show all of it or, where it is higher than the window, how it begins.
const reach = (node) =>
  node.scrollIntoView({block: node.offsetHeight > page.list.clientHeight ? "start" : "nearest"});

function edit(message) {
  keep(message);
  const old = itemOf(message.id)?.querySelector("article");
  if (!old) return;
  const follows = atEnd();
  const fresh = drawn(message);
  const focused = [...old.querySelectorAll("a, button")].indexOf(document.activeElement);
  fresh.classList.add("changed");
  old.replaceWith(fresh);
  if (focused >= 0) fresh.querySelectorAll("a, button")[focused]?.focus();
  if (follows) toEnd();
}

function remove(message) {
  channels.get(message.channel_id)?.messages.delete(message.id);
  itemOf(message.id)?.remove();
}

function reveal(id) {
  const target = itemOf(id);
  if (!target) return;
  target.scrollIntoView({block: "start"});
  target.querySelector("article").classList.add("changed");
}

// Buttons, and what they answer

async function press(host, message, {custom_id, label}) {
  const key = `${message.id} ${label}`; // pressed again, it answers in the same place
  answer(host, key, {pending: `${called(message.author)} is thinking…`});
  try {
    const response = await fetch("press", {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({message: message.id, custom_id}),
    });
    answer(host, key, response.ok ? await response.json() : {failed: await response.text()});
  } catch {
    answer(host, key, {failed: "The sandbox does not answer; is it still running?"});
  }
}

function answer(host, key, told) {
  const all = answers.get(host.id) ?? new Map();
  answers.set(host.id, all);
  if (told) all.set(key, told);
  else all.delete(key);
  const place = itemOf(host.id)?.querySelector(".asides");
  if (!place) return;
  place.replaceChildren(...asides(host));
  if (told) reach(place);
  else itemOf(host.id).querySelector("button")?.focus();
}

const asides = (host) =>
  [...(answers.get(host.id) ?? [])].map(([key, told]) => ({key, parts: answered(told, host)}))
    .filter(({parts}) => parts.length)
    .map(({key, parts}) => aside(parts, () => answer(host, key, null)));

function answered({pending, failed, late, answers = []}, host) {
  if (pending) return [notice(pending)];
  if (failed) return [notice(failed)];
  if (late) return [notice("This interaction failed: no answer within three seconds.")];
  return answers.map((each) => drawn(each, host));
}

// The clock, the keyboard, the stream

function tick({now, pace}) {
  setNow(now);
  page.time.textContent = clockTime();
  page.pace.textContent = `${clockDate()} · ${pace}`;
}

function toggleMenu(to = !document.body.classList.contains("menu")) {
  document.body.classList.toggle("menu", to);
  page.menu.setAttribute("aria-expanded", to);
  if (to) page.nav.querySelector("a")?.focus();
}

page.menu.addEventListener("click", () => toggleMenu());
document.querySelector("main").addEventListener("click", ({target}) => {
  if (!page.menu.contains(target)) toggleMenu(false);
});
page.below.addEventListener("click", toEnd);
page.list.addEventListener("scroll", () => {
  if (atEnd()) page.below.hidden = true;
});
window.addEventListener("hashchange", follow);
window.addEventListener("keydown", ({key, altKey}) => {
  if (key === "Escape") toggleMenu(false);
  if (altKey && key === "ArrowUp") move(-1);
  if (altKey && key === "ArrowDown") move(1);
});

const stream = new EventSource("events");
const hear = (name, tell) => stream.addEventListener(name, ({data}) => tell(JSON.parse(data)));
hear("hello", (told) => {
  page.banner.textContent = said;
  setZone(told.zone);
  fill(told);
  tick(told.clock);
  open = channels.get(open?.id) ?? null;
  follow();
});
hear("create", create);
hear("edit", edit);
hear("delete", remove);
hear("clock", tick);

// A page kept for the way back would keep its stream, and a browser has six for a server.
window.addEventListener("pagehide", () => stream.close());
window.addEventListener("pageshow", ({persisted}) => persisted && location.reload());

stream.onerror = () => {
  page.banner.textContent = "The local Discord has stopped. This page comes back when it does.";
};
