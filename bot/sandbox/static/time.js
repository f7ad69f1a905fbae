// The market's clock, and every time on the page told by it.

import {el} from "./dom.js";

let zone = "UTC";
let now = 0;

const STYLES = {
  t: {hour: "2-digit", minute: "2-digit"},
  T: {hour: "2-digit", minute: "2-digit", second: "2-digit"},
  d: {year: "numeric", month: "2-digit", day: "2-digit"},
  D: {year: "numeric", month: "long", day: "numeric"},
  f: {year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit"},
  F: {weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit"},
};
const EXACT = {...STYLES.F, second: "2-digit", timeZoneName: "short"};
const CLOCK = {...STYLES.T, timeZoneName: "short"};
const DATE = {weekday: "short", month: "short", day: "numeric", year: "numeric"};

const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const relative = new Intl.RelativeTimeFormat("en");

const format = (epoch, options) =>
  new Intl.DateTimeFormat("en-US", {timeZone: zone, hourCycle: "h23", ...options}).format(epoch * 1000);

function ago(epoch) {
  const seconds = Math.round(epoch - now);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return relative.format(Math.trunc(seconds / size), unit);
}

export const day = (epoch) => format(epoch, STYLES.D);

// When a message was sent, as its head shows it.
function sent(epoch) {
  const time = format(epoch, STYLES.t);
  if (day(epoch) === day(now)) return `Today at ${time}`;
  if (day(epoch) === day(now - 86400)) return `Yesterday at ${time}`;
  return `${format(epoch, STYLES.d)} ${time}`;
}

const told = (epoch, style) =>
  style === "R" ? ago(epoch) : style === "sent" ? sent(epoch) : format(epoch, STYLES[style] ?? STYLES.f);

// <t:EPOCH:STYLE>, or "sent"; kept true as the clock moves.
export const stamp = (epoch, style = "f") =>
  el("time", {
    "data-epoch": epoch,
    "data-style": style,
    datetime: new Date(epoch * 1000).toISOString(),
    title: format(epoch, EXACT),
  }, told(epoch, style));

export const exactly = (epoch) => format(epoch, EXACT);

export const epochOf = (iso) => Date.parse(iso) / 1000;

export function setZone(name) {
  zone = name;
}

export function setNow(epoch) {
  now = epoch;
  for (const node of document.querySelectorAll("time[data-epoch]")) {
    const text = told(Number(node.dataset.epoch), node.dataset.style);
    if (node.textContent !== text) node.textContent = text;
  }
}

export const clockTime = () => format(now, CLOCK);
export const clockDate = () => format(now, DATE);
