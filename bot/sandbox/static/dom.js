// An element with its attributes and children; strings become text, never markup.

export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

// A link that leaves the page: in a tab of its own, which learns nothing of this one.
export const away = (href, attributes, ...children) =>
  el("a", {href, target: "_blank", rel: "noopener noreferrer nofollow", ...attributes}, ...children);
