// The explorer: what it shares with other pages is in page.js.

const PAUSE = 60; // milliseconds between two steps of reading, for what was clicked meanwhile
const SOON = 350; // milliseconds after the last letter typed until rows are filtered

function render({ model, el }) {
  let state = model.get("state");
  let sent = 0;
  let answered = 0;
  let late = false;
  let typing = null;
  let reading = false; // voices are read, a few articles at a time, until it is stopped
  const drawn = {}; // what each part of the page shows, so that only changes are drawn

  const status = make("p", { class: "status", role: "status", "aria-live": "polite" });
  const scope = make("p", { class: "scope", "aria-label": "In scope" });
  const head = make("div", { class: "top" }, scope, status);
  const parts = {};
  for (const [name, label] of [
    ["unread", "Voices"], ["choices", "What is compared"], ["table", "Table"], ["figure", "Figure"],
    ["search", "Search"], ["sentences", "Sentences"], ["article", "Article"], ["pins", "Pinned"],
  ]) parts[name] = make("section", { class: name, "aria-label": label });
  const root = make("section", {
    class: "framelens-page framelens-explorer", "aria-label": "Explorer", tabindex: "-1",
    "data-lm-suppress-shortcuts": "true",
    onkeydown: (event) => event.stopPropagation(), // no letter is a command to the notebook
  },
  head, parts.unread, parts.choices,
  make("div", { class: "columns" },
    make("div", { class: "left" }, parts.table, parts.figure),
    make("div", { class: "right" }, parts.search, parts.sentences, parts.article)),
  parts.pins);
  el.append(root);

  // talking to the kernel

  function send(message) {
    sent += 1;
    const mine = sent;
    late = false;
    root.setAttribute("aria-busy", "true");
    say();
    try {
      model.send({ ...message, number: mine });
    } catch {
      late = true;
      say();
    }
    setTimeout(() => {
      if (answered < mine) { late = true; say(); }
    }, WAIT);
  }

  function choose(changes) { send({ wish: "choose", changes }); }

  function onState() {
    const next = model.get("state");
    if (next.number < sent) return; // a later wish is still to be answered
    state = next;
    answered = state.number;
    late = false;
    root.removeAttribute("aria-busy");
    reading = reading && state.unread > 0 && !state.error;
    draw();
    if (reading) setTimeout(() => { if (reading && answered === sent) readOn(); }, PAUSE);
  }

  function readOn() { send({ wish: "read_voices" }); }

  function say() {
    status.className = late || state.error ? "status wrong" : "status";
    if (late && reading) {
      status.className = "status";
      status.textContent = "Reading voices; the first articles take longest …";
    } else if (late) {
      status.textContent = "No answer yet: what is looked at for the first time takes longest. If the " +
        "kernel was restarted, run the cell again" +
        (state.file ? `: all changes before this one are in ${state.file}.` : ".");
    } else if (answered < sent) {
      status.className = "status";
      status.textContent = "Working …";
    } else {
      status.textContent = state.error ?? state.said ?? "";
    }
  }

  // drawing: a part is drawn anew only if what it shows has changed; focus stays

  function part(name, data, build) {
    const now = JSON.stringify(data);
    if (drawn[name] === now) return;
    drawn[name] = now;
    const node = parts[name];
    const active = node.contains(document.activeElement) ? document.activeElement : null;
    const key = active?.dataset.key;
    const scrolled = node.querySelector(".pane")?.scrollTop ?? 0;
    node.replaceChildren(...build().flat().filter((one) => one !== null));
    const pane = node.querySelector(".pane");
    if (pane && drawn[`${name} list`] === node.dataset.list) pane.scrollTop = scrolled;
    drawn[`${name} list`] = node.dataset.list;
    if (active) {
      const again = key && [...node.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
      (again || node.querySelector("button[tabindex='0'], button, select, input") || root)
        .focus({ preventScroll: true });
    }
  }

  function draw() {
    scope.textContent = state.scope;
    part("unread", [state.unread, state.left, reading], unread);
    const { outlets, events, event, actors, actor, measures, measure, options, voices, voice,
      contains, accuracy } = state;
    part("choices", { outlets, events, event, actors, actor, measures, measure, options, voices,
      voice, accuracy, zone: state.zone, unread: state.unread > 0 }, choices);
    part("table", { table: state.table, contains }, table);
    part("figure", { figure: state.figure, item: state.table.item, picture: model.get("picture").length +
      model.get("picture").slice(-64) }, figure);
    part("search", { query: state.query, by: state.by, ways: state.ways }, search);
    part("sentences", state.sentences, sentences);
    part("article", state.article, article);
    part("pins", [state.pins, state.file], pins);
    say();
  }

  function line(label, control, title = null) {
    return make("label", { class: "line", title }, make("span", {}, label), control);
  }

  function select(key, pairs, value, onpick) {
    const node = make("select", { "data-key": key, onchange: (event) => onpick(event.target.value) },
      pairs.map(([name, shown]) => make("option", { value: name }, shown)));
    node.value = value;
    return node;
  }

  function unread() {
    if (!state.unread) return [];
    const many = state.unread.toLocaleString("en");
    const toggle = () => {
      reading = !reading;
      if (reading && answered === sent) readOn();
      draw();
    };
    return [make("div", { class: "refusal" },
      make("p", {}, reading
        ? `Reading voices: ${many} articles to go, about ${state.left}. You can go on looking at words.`
        : `Voices of ${many} articles are not read yet: these are all words of the texts, whoever says them. ` +
          `Reading takes about ${state.left}, and is kept until the kernel ends.`),
      make("button", { type: "button", "data-key": "voices", class: reading ? null : "main", onclick: toggle },
        reading ? "Stop reading" : "Read the voices"))];
  }

  function choices() {
    const chosen = state.outlets.filter(([, , on]) => on).length;
    const boxes = state.outlets.map(([name, many, on], place) => {
      const box = make("input", { type: "checkbox", "data-key": `outlet ${place}`, onchange: pickOutlets });
      box.checked = on;
      return make("label", { class: "box", dir: "auto" }, box, `${name} (${many})`);
    });
    const open = parts.choices.querySelector("details")?.open ?? state.outlets.length <= 6;
    const say = chosen === 2 ? "two: compared" : chosen ? `${chosen} chosen` : "all; choose two to compare";
    return [
      make("details", { class: "outlets", open },
        make("summary", { "data-key": "outlets" }, make("b", {}, "Outlets"), ` ${say}`),
        make("div", { class: "boxes", role: "group", "aria-label": "Outlets" }, boxes)),
      make("div", { class: "selects" },
        line("Measure", select("measure", state.measures, state.measure,
          (value) => choose({ measure: value })), state.accuracy),
        state.options.map(([name, values, value]) => line(name[0].toUpperCase() + name.slice(1),
          select(`option ${name}`, values.map((one) => [one, one.replaceAll("_", " ")]), value,
            (to) => choose({ options: { [name]: to } })))),
        line("Voice", select("voice", state.voices, state.voice, (value) => choose({ voice: value }))),
        line("Part", select("zone", state.zones, state.zone, (value) => choose({ zone: value })),
          "The whole text, the headline, its first paragraph, or what comes below"),
        line("Event", select("event",
          [["", "all events"], ...state.events.map(([name, many]) => [name, `${name} (${many})`])],
          state.event, (value) => choose({ event: value }))),
        line("Actor", select("actor", [["", "any"], ...state.actors.map((name) => [name, name])],
          state.actor, (value) => choose({ actor: value })),
        "Only articles that quote this actor, or name it in full")),
    ];
  }

  function pickOutlets() {
    const boxes = [...parts.choices.querySelectorAll(".boxes input")];
    choose({ outlets: state.outlets.filter((_, place) => boxes[place].checked).map(([name]) => name) });
  }

  function table() {
    const { caption, heads, rows, item, many, refusal, reason, notes } = state.table;
    const at = Math.max(rows.findIndex(([name]) => name === item), 0);
    const filter = make("input", { type: "search", "data-key": "contains", placeholder: "rows that contain …",
      "aria-label": "Only rows that contain", oninput: () => {
        clearTimeout(typing);
        typing = setTimeout(() => choose({ contains: filter.value }), SOON);
      } });
    filter.value = document.activeElement?.dataset?.key === "contains" && parts.table.contains(document.activeElement)
      ? document.activeElement.value : state.contains;
    parts.table.dataset.list = JSON.stringify([heads, many]);
    const pick = (name) => send({ wish: "select", item: name });
    const body = rows.map((cells, place) => make("tr", {
      class: cells[0] === item ? "chosen" : null,
      onclick: (event) => { if (!event.target.closest("button")) pick(cells[0]); },
    },
    make("th", { scope: "row" }, make("button", {
      type: "button", "data-key": `row ${cells[0]}`, dir: "auto", tabindex: place === at ? "0" : "-1",
      "aria-pressed": cells[0] === item ? "true" : "false", onclick: () => pick(cells[0]),
    }, cells[0])),
    cells.slice(1).map((cell) => make("td", {}, cell))));
    return [
      make("div", { class: "bar" }, filter,
        make("span", { class: "quiet" }, rows.length < many
          ? `the first ${rows.length} of ${many.toLocaleString("en")} rows` : `${many} ${many === 1 ? "row" : "rows"}`)),
      refusal ? make("p", { class: "refusal" }, refusal) : null,
      make("div", { class: "pane", onkeydown: (event) => rove(event, "ArrowUp", "ArrowDown") },
        rows.length
          ? make("table", { "aria-label": caption },
            make("thead", {}, make("tr", {}, heads.map((name) => make("th", { scope: "col" }, name)))),
            make("tbody", {}, body))
          : make("p", { class: "quiet" }, "No row: nothing of this kind is in scope.")),
      reason ? make("p", { class: "quiet" }, reason) : null,
      notes.length ? make("details", { class: "notes" }, make("summary", { "data-key": "notes" },
        `What to know about these numbers (${notes.length})`),
      make("ul", {}, notes.map((note) => make("li", {}, note)))) : null,
    ];
  }

  function figure() {
    if (!state.figure) return [];
    const { caption, alt, marks } = state.figure;
    const item = state.table.item;
    const chosen = marks.findIndex(([name]) => name === item);
    const areas = marks.map(([name, top, height], place) => make("button", {
      type: "button", class: name === item ? "mark chosen" : "mark", "data-key": `mark ${place}`,
      style: `top:${100 * top}%;height:${100 * height}%`, "aria-label": name, title: name,
      "aria-pressed": name === item ? "true" : "false",
      tabindex: place === Math.max(chosen, 0) ? "0" : "-1",
      onclick: () => send({ wish: "select", item: name }),
    }));
    return [make("figure", {},
      make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Figure" },
        make("div", { class: "drawing" },
          make("img", { src: model.get("picture"), alt }),
          make("div", { role: "group", "aria-label": "Marks of the figure",
            onkeydown: (event) => rove(event, "ArrowUp", "ArrowDown") }, areas))),
      make("figcaption", { class: "quiet" }, caption[0], caption[1]
        ? make("details", {}, make("summary", { "data-key": "more" }, "More about this figure"), caption[1]) : null))];
  }

  function search() {
    const field = make("input", { type: "search", "data-key": "query", "aria-label": "Search the articles in scope",
      placeholder: "search the articles in scope" });
    field.value = state.query;
    const by = make("select", { "data-key": "by", "aria-label": "Search for" },
      state.ways.map(([name, about]) => make("option", { value: name }, about)));
    by.value = state.by;
    return [make("form", { role: "search", onsubmit: (event) => {
      event.preventDefault();
      send({ wish: "search", query: field.value, by: by.value });
    } }, field, by, make("button", { type: "submit", "data-key": "find" }, "Search"))];
  }

  function sentences() {
    const all = state.sentences;
    parts.sentences.dataset.list = all ? all.title + all.note : "";
    if (!all) return [make("p", { class: "quiet" }, "Choose a row or a mark, or search: the sentences behind it are shown here.")];
    const list = all.rows.map(([before, words, after, label, voice, pinned], place) => make("li", {},
      make("button", {
        type: "button", class: place === all.at ? "sentence chosen" : "sentence", "data-key": `sentence ${place}`,
        tabindex: place === Math.max(all.at, 0) ? "0" : "-1", "aria-pressed": place === all.at ? "true" : "false",
        onclick: () => send({ wish: "read", row: place }),
      },
      make("span", { dir: "auto" }, before, make("mark", { class: "found" }, words), after),
      make("small", {}, `${label} · ${voice}${pinned ? " · pinned" : ""}`))));
    return [
      make("h3", {}, make("bdi", {}, all.title), make("span", { class: "quiet" }, ` ${all.note}`)),
      all.refusal ? make("p", { class: "refusal" }, all.refusal) : null,
      make("ol", { class: "pane", onkeydown: (event) => rove(event, "ArrowUp", "ArrowDown") }, list),
    ];
  }

  function article() {
    const one = state.article;
    parts.article.dataset.list = one ? one.label : "";
    if (!one) return [];
    const note = make("input", { type: "text", "data-key": "note", "aria-label": "Note to the pin",
      placeholder: "note" });
    note.value = one.note;
    const pin = (event) => { event.preventDefault(); send({ wish: "pin", note: note.value }); };
    const text = one.paragraphs.map((pieces) => make("p", { dir: "auto" }, pieces.map(([said, kind, who]) =>
      make(kind.includes("found") || kind.includes("here") ? "mark" : "span",
        { class: `piece ${kind}`, title: who || null }, said))));
    requestAnimationFrame(() => parts.article.querySelector(".here")
      ?.closest("p").scrollIntoView({ block: "nearest" }));
    return [
      make("h3", {}, make("bdi", {}, one.label),
        one.voice ? make("span", { class: "quiet", dir: "auto" }, ` ${one.voice}`) : null),
      make("form", { class: "bar", onsubmit: pin }, note,
        make("button", { type: "submit", "data-key": "pin" }, one.pinned ? "Change the note" : "Pin this sentence")),
      make("p", { class: "legend" }, one.legend.map(([kind, name, meaning]) =>
        make("span", { class: `piece ${kind}`, title: meaning }, name))),
      make("div", { class: "pane text", tabindex: "0", role: "region", "aria-label": one.label,
        "data-key": "text" }, text),
      one.address ? make("p", { class: "quiet address" }, one.address) : null,
    ];
  }

  function pins() {
    const list = state.pins.map(([before, words, after, label, note, read], place) => make("li", {
      class: read ? "chosen" : null },
    make("span", { dir: "auto" }, before, make("mark", { class: "found" }, words), after),
    make("small", {}, label),
    note ? make("p", { class: "note", dir: "auto" }, note) : null,
    make("div", { class: "tools" },
      make("button", { type: "button", "data-key": `go ${place}`,
        onclick: () => send({ wish: "go_to", row: place }) }, "Read"),
      make("button", { type: "button", "data-key": `unpin ${place}`,
        onclick: () => send({ wish: "unpin", row: place }) }, "Take away"))));
    const open = parts.pins.querySelector("details")?.open ?? false;
    const code = (words) => make("code", {}, words);
    return [
      make("details", { open }, make("summary", { "data-key": "pinned" }, make("b", {}, `Pinned (${state.pins.length})`)),
        list.length ? make("ol", {}, list)
          : make("p", { class: "quiet" }, "Read a sentence and pin it: pins go into the report.")),
      make("p", { class: "quiet" }, "Into the report: ", code("corpus.report(\"report/\", pins=explorer.pins)"),
        " · a sample of the chosen row to code: ", code("explorer.to_code(120)"),
        " · this view as a page: ", code("explorer.save(\"view.html\")"),
        state.file ? ` · kept in ${state.file}` : " · not kept: give explore() a state= file"),
    ];
  }

  model.on("change:state", onState);
  draw();
  return () => { clearTimeout(typing); model.off("change:state", onState); };
}

export default { render };
