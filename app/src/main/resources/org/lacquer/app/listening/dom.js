// SPDX-License-Identifier: Apache-2.0
// Small helpers for building the page.

/**
 * An element. Attributes that start with "on" are listeners, true ones stand without a value, false
 * and missing ones are left out.
 */
function el(tag, attributes = {}, ...children) {
  const element = tag === "svg" || tag === "path" || tag === "rect" || tag === "line"
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** Says something to those who do not see the page. */
function announce(text) {
  document.getElementById("live").textContent = text;
}

/** Puts a view in place of the last one and moves the focus to its heading. */
function show(...content) {
  const stage = document.getElementById("stage");
  stage.replaceChildren(...content.flat(Infinity).filter((child) => child != null));
  const heading = stage.querySelector("h1, h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function clock(seconds) {
  const tenths = Math.floor(seconds * 10 + 1e-6);
  return Math.floor(tenths / 600) + ":" + String(Math.floor(tenths / 10) % 60).padStart(2, "0")
    + "." + (tenths % 10);
}

/** A p-value as papers print it. */
function pText(p) {
  if (p < 0.001) return "p < 0.001";
  return "p = " + p.toFixed(p < 0.1 ? 4 : 2);
}

function percent(share) {
  return Number.isFinite(share) ? Math.round(100 * share) + " %" : "–";
}

/** Hands a text to the user as a file. */
function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
