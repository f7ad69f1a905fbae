// One message as Discord draws it, and the answers to its buttons that only you see.

import {away, el} from "./dom.js";
import {markdown} from "./markdown.js";
import {epochOf, exactly, stamp} from "./time.js";

const EPHEMERAL = 1 << 6, LOADING = 1 << 7;
const COMMAND_ANSWER = 20;
const BUTTONS = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary"};

export const called = (user) => user.global_name ?? user.username;

const face = (user, kind = "face") => user.bot
  ? el("img", {class: kind, src: "static/desk.svg", alt: ""})
  : el("span", {class: kind, "aria-hidden": "true"}, called(user)[0].toUpperCase());

// The message; `press` is called with the message and the button's component.
export function article(message, {channel, press}) {
  const loading = message.flags & LOADING;
  return el("article", {"aria-label": `${called(message.author)}: ${gist(message)}`},
    above(message, channel),
    face(message.author),
    el("div", {class: "body"},
      head(message),
      loading ? el("p", {class: "thinking"}, `${called(message.author)} is thinking…`) : words(message),
      message.embeds.map((each) => embed(each, message.attachments)),
      loose(message).map(file),
      rows(message, press)));
}

// What only you see, under the message whose button you pressed.
export const aside = (content, dismiss) =>
  el("aside", {},
    content,
    el("p", {class: "private"}, "Only you can see this · ",
      el("button", {type: "button", class: "plain", onclick: dismiss}, "Dismiss message")));

export const notice = (text) => el("p", {class: "notice"}, text);

function above(message, channel) {
  if (message.type === COMMAND_ANSWER && message.interaction_metadata)
    return el("p", {class: "above"}, `${called(message.interaction_metadata.user)} used a command`);
  if (message.flags & EPHEMERAL || message.referenced_message === undefined) return null;
  const before = message.referenced_message;
  if (before === null) return el("p", {class: "above"}, "Original message was deleted");
  return el("a", {class: "above", href: `#${channel}/${before.id}`},
    face(before.author, "small-face"), el("b", {}, called(before.author)), " ",
    el("span", {}, gist(before)));
}

// A message in one plain line.
const gist = (message) => message.content || message.embeds[0]?.title || message.attachments[0]?.filename || "";

const head = (message) =>
  el("p", {class: "head"},
    el("b", {class: message.author.bot ? "bot" : null}, called(message.author)),
    message.author.bot && el("span", {class: "app"}, "APP"),
    stamp(epochOf(message.timestamp), "sent"));

function words(message) {
  const edited = message.edited_timestamp && !(message.flags & EPHEMERAL)
    && el("span", {class: "edited", title: exactly(epochOf(message.edited_timestamp))}, "(edited)");
  if (!message.content && !edited) return null;
  const content = el("div", {class: "content"}, markdown(message.content));
  if (edited) (content.querySelector(":scope > p:last-child") ?? content).append(edited);
  return content;
}

function embed(embed, attachments) {
  const title = embed.title && markdown(embed.title);
  return el("section", {class: "embed"},
    colour(embed.color),
    embed.author && el("p", {class: "author"}, embed.author.name),
    title && el("div", {class: "title"}, embed.url ? away(embed.url, {}, title) : title),
    embed.description && el("div", {class: "description"}, markdown(embed.description)),
    embed.fields?.length && el("dl", {}, embed.fields.map(field)),
    embed.image && picture(embed.image.url, attachments.find((each) => each.url === embed.image.url)),
    footer(embed));
}

function colour(value) {
  const bar = el("i", {class: "bar"});
  if (value != null) bar.style.background = "#" + value.toString(16).padStart(6, "0");
  return bar;
}

const field = ({name, value, inline}) =>
  el("div", {class: inline ? "inline" : null}, el("dt", {}, markdown(name)), el("dd", {}, markdown(value)));

function footer({footer, timestamp}) {
  if (!footer && !timestamp) return null;
  const parts = [footer?.text, timestamp && stamp(epochOf(timestamp), "sent")].filter(Boolean);
  return el("footer", {}, parts.flatMap((part, i) => (i ? [" • ", part] : [part])));
}

const picture = (url, {description, width, height} = {}) =>
  away(url, {class: "picture"}, el("img", {src: url, alt: description ?? "", width, height}));

// The attachments that no embed shows.
function loose(message) {
  const shown = new Set(message.embeds.map((each) => each.image?.url));
  return message.attachments.filter((each) => !shown.has(each.url));
}

const file = (attachment) => attachment.content_type?.startsWith("image/")
  ? picture(attachment.url, attachment)
  : el("p", {class: "file"}, away(attachment.url, {}, attachment.filename), ` ${attachment.size.toLocaleString("en")} bytes`);

const rows = (message, press) =>
  message.components.filter((row) => row.type === 1).map((row) =>
    el("div", {class: "row"}, row.components.filter((each) => each.type === 2).map((each) => button(message, each, press))));

function button(message, component, press) {
  const style = `button ${BUTTONS[component.style]}`;
  const label = [component.emoji?.id ? null : component.emoji?.name, component.label].filter(Boolean).join(" ");
  if (component.url) return away(component.url, {class: style}, label + " ↗");
  return el("button", {type: "button", class: style, disabled: component.disabled, onclick: () => press(message, component)}, label);
}
