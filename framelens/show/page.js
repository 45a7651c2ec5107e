// What every page in a notebook shares. All text reaches it as text nodes: articles are
// hostile input.

const WAIT = 4000; // milliseconds until the page says that the kernel has not answered

function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

// Move among the buttons of a group by arrow keys; one of them is reached by Tab.
function rove(event, back, forward) {
  const buttons = [...event.currentTarget.querySelectorAll("button:not([disabled])")];
  const here = buttons.indexOf(document.activeElement);
  const to = { [forward]: here + 1, [back]: here - 1, Home: 0, End: buttons.length - 1 };
  if (here < 0 || !(event.key in to)) return;
  const next = buttons[(to[event.key] + buttons.length) % buttons.length];
  buttons.forEach((button) => button.setAttribute("tabindex", button === next ? "0" : "-1"));
  next.focus();
  event.preventDefault();
}
