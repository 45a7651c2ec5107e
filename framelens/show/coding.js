// The page to code on; what it shares with others is in page.js.

const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
const ROLES = { content: "what is said", source: "who says it", cue: "verb" };

const capital = (word) => word[0].toUpperCase() + word.slice(1);
const length = (text) => [...text].length; // in code points, as Python counts

function render({ model, el }) {
  let state = model.get("state");
  let started = false;
  let waiting = null; // the number of the message that was not answered yet
  let late = false;
  let failed = null;
  let sent = 0;
  let marked = []; // stretches of words marked in the passage that is shown
  let cursor = null; // the word that the keyboard is at, in the passage
  let anchor = null;
  let typed = null; // a note that is not saved yet

  const root = make("section", {
    class: "framelens-page framelens-coding",
    "aria-label": "Coding",
    "data-lm-suppress-shortcuts": "true",
    onkeydown: onKey,
  });
  const status = make("p", { class: "status", role: "status", "aria-live": "polite" });
  const body = make("div", {});
  root.append(body, status);
  el.append(root);

  // talking to the kernel

  function send(message) {
    if (waiting !== null) return;
    sent += 1;
    const mine = sent;
    waiting = mine;
    late = false;
    failed = null;
    root.setAttribute("aria-busy", "true");
    try {
      model.send({ ...message, place: state.place, number: mine });
    } catch {
      late = true;
    }
    setTimeout(() => {
      if (waiting === mine) {
        late = true;
        say();
      }
    }, WAIT);
    if (late) say();
  }

  function onState() {
    state = model.get("state");
    if (state.number === waiting) {
      waiting = null;
      late = false;
      root.removeAttribute("aria-busy");
    }
    if (state.error) {
      failed = state.error;
      say();
      return;
    }
    typed = null;
    const inside = root.contains(document.activeElement);
    draw();
    if (started && inside) focusMain();
  }

  function say() {
    status.className = late || failed ? "status wrong" : "status";
    if (late) {
      status.textContent =
        "The kernel has not answered: this answer is not saved. If it is busy, wait; if it " +
        `was restarted, run the cell again. All answers before are in ${state.file}.`;
    } else if (failed) {
      status.textContent = failed;
    } else {
      status.textContent = state.said ?? "";
    }
  }

  // what is shown

  function draw() {
    marked = (state.marked ?? []).map((one) => [...one]);
    cursor = anchor = null;
    if (!started) body.replaceChildren(...startPage());
    else if (state.place === null) body.replaceChildren(...endPage());
    else body.replaceChildren(...passagePage());
    say();
  }

  function progress() {
    const many = `${state.done} of ${state.of} coded`;
    return make(
      "div",
      { class: "head" },
      make("progress", { max: state.of, value: state.done, "aria-label": many }),
      make(
        "span",
        {},
        started && state.here
          ? make("b", {}, `${capital(state.unit)} ${state.here} of ${state.of}`) : null,
        started && state.here ? ` · ${state.done} coded` : many,
      ),
      make("span", { class: "quiet" }, `${state.coder} · ${state.file}`),
    );
  }

  function startPage() {
    const labels = state.labels.map((label) =>
      make("li", {}, ...label.keys.map((key) => make("kbd", {}, key)), ` ${label.shown}`),
    );
    const begin = state.place === null
      ? "Look at what was coded"
      : state.done ? `Go on with ${state.unit} ${state.here}` : "Start";
    const go = make("button", { type: "button", class: "main", onclick: start }, begin);
    return [
      progress(),
      make("h3", {}, `${state.to_code} to code, as ${state.coder}`),
      make("p", {}, `Every answer is saved in ${state.file} before the next ${state.unit} is ` +
        "shown. If something stops, run the cell again and go on."),
      make("p", {}, state.blind),
      make("ul", { class: "keys" }, labels,
        make("li", {}, make("kbd", {}, "⌫"), " undo"),
        make("li", {}, make("kbd", {}, ","), make("kbd", {}, "."), " back and forward"),
        make("li", {}, make("kbd", {}, "/"), " note"),
        state.spans
          ? make("li", {}, make("kbd", {}, "↓"), " to the words: ", make("kbd", {}, "←"),
            make("kbd", {}, "→"), " with ", make("kbd", {}, "Shift"), ", ",
            make("kbd", {}, "Enter"), " marks")
          : null),
      ...codebook(),
      go,
    ];
  }

  function endPage() {
    return [
      progress(),
      make("h3", {}, `All ${state.to_code} are coded`),
      make("p", {}, `The answers are in ${state.file}.`),
      make("div", { class: "tools" }, ...tools()),
    ];
  }

  function passagePage() {
    const text = make("div", {
      class: "passage", tabindex: "0", dir: "auto", role: "region",
      "aria-label": `${state.unit} ${state.here} of ${state.of}`, "aria-live": "polite",
      onmouseup: state.spans ? markSelection : null,
    });
    drawText(text);
    const parts = [
      progress(),
      make("p", { class: "question" }, state.question),
      text,
    ];
    if (state.legend.length > 1) {
      parts.push(make("p", { class: "legend" }, state.legend.flatMap((role, place) =>
        [place ? " · " : null, make("span", { class: `piece ${role}` }, ROLES[role] ?? role)])));
    }
    if (state.facts.length) {
      parts.push(make("dl", {}, state.facts.flatMap(([name, value]) =>
        [make("dt", {}, name), make("dd", { dir: "auto" }, value)])));
    }
    if (state.spans) {
      parts.push(make("p", { class: "quiet" },
        "Mark words with the mouse, or with ↓ and then ← → (Shift: several), Enter. ",
        make("button", { type: "button", onclick: clearMarks }, "Clear marks")));
    }
    parts.push(...fields(), labelBar(), noteLine(),
      make("div", { class: "tools" }, ...tools()));
    return [make("div", { class: "columns" },
      make("div", { class: "left" }, ...parts), ...codebook())];
  }

  function drawText(text) {
    const cuts = marked.flat();
    if (cursor) cuts.push(...range());
    const pieces = state.pieces.flatMap(([said, kind, start, end]) => {
      if (start === null || kind === "hidden" || kind === "code") {
        return [[said, kind, start, end]];
      }
      const edges = [start, ...cuts.filter((cut) => cut > start && cut < end), end];
      edges.sort((one, other) => one - other);
      const signs = [...said];
      const parts = [];
      for (let i = 0; i + 1 < edges.length; i += 1) {
        if (edges[i] === edges[i + 1]) continue;
        const part = signs.slice(edges[i] - start, edges[i + 1] - start).join("");
        parts.push([part, kind, edges[i], edges[i + 1]]);
      }
      return parts;
    });
    text.replaceChildren(...pieces.map(([said, kind, start, end]) => {
      const within = (some) => start !== null && some[0] <= start && end <= some[1];
      const classes = ["piece", kind];
      if (marked.some(within)) classes.push("marked");
      if (cursor && within(range())) classes.push("cursor");
      const tag = classes.includes("marked") ? "mark" : "span";
      return make(tag, {
        class: classes.join(" ").trim(), "data-start": start, "data-end": end,
        title: kind.includes("hidden") ? "the name of an outlet is hidden" : null,
      }, said);
    }));
  }

  function labelBar() {
    const buttons = state.labels.map((label, place) => make("button", {
      type: "button", class: label.name === state.given ? "label given" : "label",
      "aria-pressed": label.name === state.given ? "true" : "false",
      "aria-keyshortcuts": label.keys.join(" "), title: label.meaning === "–" ? null : label.meaning,
      tabindex: place ? "-1" : "0", onclick: () => answer(label.name),
    }, make("kbd", { "aria-hidden": "true" }, label.keys[0] ?? "·"), label.shown));
    return make("div", {
      class: "labels", role: "toolbar", "aria-label": "Labels",
      onkeydown: (event) => rove(event, "ArrowLeft", "ArrowRight"),
    }, buttons);
  }

  function noteLine() {
    const input = make("input", {
      type: "text", class: "note", "aria-label": "Note", placeholder: "note",
      oninput: (event) => { typed = event.target.value; },
    });
    input.value = state.note;
    return make("label", { class: "line" }, make("span", {}, make("kbd", {}, "/"), " note"), input);
  }

  function fields() {
    return state.fields.map((field, place) => {
      const id = `${Math.random().toString(36).slice(2)}-${place}`;
      const input = make("input", {
        type: "text", class: "field", "data-name": field.name, list: id, dir: "auto",
        "aria-label": field.label,
      });
      input.value = field.value;
      return make("label", { class: "line" }, make("span", {}, field.label), input,
        make("datalist", { id }, field.choices.map((one) => make("option", { value: one }))));
    });
  }

  function tools() {
    const button = (key, name, wish, off) => make("button", {
      type: "button", disabled: off, onclick: wish,
    }, make("kbd", { "aria-hidden": "true" }, key), name);
    return [
      button("⌫", "undo", undo, !state.undo),
      button(",", "back", () => go(-1), state.here === 1),
      button(".", "forward", () => go(1), state.place === null || state.here === state.of),
    ];
  }

  function codebook() {
    const explained = state.labels.filter((label) => label.meaning !== "–" && label.meaning);
    const { name, text, examples } = state.codebook;
    if (!explained.length && !text && !examples.length) return [];
    return [make("details", { class: "codebook", open: true },
      make("summary", {}, name ? `Codebook: ${name}` : "Codebook"),
      text ? make("p", { class: "text" }, text) : null,
      make("dl", {}, explained.flatMap((label) =>
        [make("dt", {}, label.shown), make("dd", {}, label.meaning)])),
      examples.length ? make("p", { class: "quiet" }, "Examples") : null,
      make("dl", {}, examples.flatMap(([label, said]) =>
        [make("dt", {}, label || "–"), make("dd", { dir: "auto" }, said)])))];
  }

  // what the coder does

  function start() {
    started = true;
    if (state.place === null && state.of) {
      draw();
      root.querySelector(".tools button:not([disabled])")?.focus();
      return;
    }
    draw();
    focusMain();
  }

  function focusMain() {
    const main = root.querySelector(".passage") ?? root.querySelector(".tools button:not([disabled])");
    main?.focus({ preventScroll: true });
    root.scrollIntoView({ block: "nearest" });
  }

  function answer(label) {
    const changes = {};
    for (const input of root.querySelectorAll("input.field")) {
      if (label === state.change) changes[input.dataset.name] = input.value;
    }
    if (label === state.change && !changed()) {
      const first = root.querySelector("input.field");
      first.focus();
      first.select();
      failed = null;
      status.className = "status";
      status.textContent = "Type what is right, then Enter.";
      return;
    }
    const note = root.querySelector("input.note")?.value ?? "";
    typed = null;
    send({ wish: "answer", label, note, spans: marked, changes });
  }

  function changed() {
    return [...root.querySelectorAll("input.field")].some((input, place) =>
      input.value.trim() !== state.fields[place].value.trim());
  }

  function saveNote() {
    const note = root.querySelector("input.note").value;
    typed = null;
    send({ wish: "note", note });
  }

  function undo() { if (state.undo) send({ wish: "undo" }); }
  function go(by) { send({ wish: "go", by, note: typed }); }

  function onKey(event) {
    event.stopPropagation(); // a letter is an answer, and no command to the notebook
    const target = event.target;
    if (target.matches("input")) {
      if (event.key === "Escape" || event.key === "Enter") {
        event.preventDefault();
        if (event.key === "Enter" && target.matches(".field") && changed()) answer(state.change);
        else if (event.key === "Enter" && target.matches(".note")) { saveNote(); focusMain(); }
        else focusMain();
      }
      return;
    }
    if (!started) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      undo();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (state.spans && wordKey(event)) { event.preventDefault(); return; }
    if (event.repeat) return; // a key held down answers once
    if (event.key === "Backspace") { event.preventDefault(); undo(); return; }
    if (event.key === ",") { go(-1); return; }
    if (event.key === ".") { go(1); return; }
    if (state.place === null) return;
    if (event.key === "/") {
      event.preventDefault();
      root.querySelector("input.note").focus();
      return;
    }
    const label = state.labels.find((one) => one.keys.includes(event.key.toLowerCase()));
    if (label) { event.preventDefault(); answer(label.name); }
  }

  // marking words

  function words() {
    return state.pieces.flatMap(([said, kind, start]) => {
      if (start === null || kind === "hidden") return [];
      return [...said.matchAll(WORD)].map((found) => {
        const first = start + length(said.slice(0, found.index));
        return [first, first + length(found[0])];
      });
    });
  }

  function range() {
    const ends = [...(anchor ?? cursor), ...cursor];
    return [Math.min(...ends), Math.max(...ends)];
  }

  function wordKey(event) {
    const text = root.querySelector(".passage");
    if (document.activeElement !== text) return false;
    const all = words();
    if (!all.length) return false;
    const here = cursor ? all.findIndex((one) => one[0] === cursor[0]) : -1;
    if (event.key === "ArrowDown" && !cursor) { cursor = all[0]; anchor = null; }
    else if (cursor && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const next = here + (event.key === "ArrowRight" ? 1 : -1);
      anchor = event.shiftKey ? anchor ?? cursor : null;
      cursor = all[Math.min(Math.max(next, 0), all.length - 1)];
    } else if (cursor && event.key === "Enter") { toggle(range()); anchor = null; }
    else if (cursor && event.key === "Escape") { cursor = anchor = null; }
    else return false;
    drawText(text);
    return true;
  }

  function toggle([start, end]) {
    const touching = marked.filter((one) => one[0] < end && start < one[1]);
    marked = marked.filter((one) => !touching.includes(one));
    if (!touching.some((one) => one[0] <= start && end <= one[1])) marked.push([start, end]);
    marked.sort((one, other) => one[0] - other[0]);
  }

  function markSelection() {
    const selection = document.getSelection();
    const text = root.querySelector(".passage");
    if (!selection.rangeCount || selection.isCollapsed) return;
    const place = (node, offset, last) => {
      const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)
        .closest("[data-start]");
      if (!piece || !text.contains(piece)) return null;
      const start = Number(piece.dataset.start);
      const end = Number(piece.dataset.end);
      if (end - start !== length(piece.textContent)) return last ? end : start;
      return start + length(piece.textContent.slice(0, offset));
    };
    const chosen = selection.getRangeAt(0);
    const start = place(chosen.startContainer, chosen.startOffset, false);
    const end = place(chosen.endContainer, chosen.endOffset, true);
    if (start === null || end === null || start >= end) return;
    toggle([start, end]);
    selection.removeAllRanges();
    drawText(text);
  }

  function clearMarks() {
    marked = [];
    drawText(root.querySelector(".passage"));
    focusMain();
  }

  model.on("change:state", onState);
  draw();
  return () => model.off("change:state", onState);
}

export default { render };
