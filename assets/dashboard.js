// Shows what the server answers: replaces the words, then draws the charts, those in the window first;
// keeps the address, the title, back and forward in step with the choice.
(function () {
  "use strict";

  const UPDATING_AFTER = 400; // milliseconds: quicker than that, a message would only flicker
  const LONGEST_WAIT = 500; // milliseconds that a chart far from the window waits for a busy browser
  const PHONE = matchMedia("(max-width: 559px)");
  const SPELT = { className: "class", htmlFor: "for", tabIndex: "tabindex" };
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const shown = new Map(); // element id: what it was last given, so that what is the same is left alone
  const early = new Map(); // control id: what was chosen in the first paint, before there was a page to tell
  const dashboard = (window.dashboard = { view: null, tables: {} });

  let generation = 0; // of the choice: drawing for an older one stops
  let returningTo = null; // the address that back or forward leads to
  let updating = 0;

  const byId = (id) => document.getElementById(id);

  // --- a new answer -------------------------------------------------------------------------------

  function show(view) {
    if (!view) return;
    const isFirst = dashboard.view === null;
    if (!isFirst && String(view.panels) !== String(dashboard.view.panels)) {
      location.assign(view.address); // another set of charts: a page of its own
      return;
    }
    generation += 1;
    dashboard.view = view;
    dashboard.tables = view.tables;
    say("");
    document.documentElement.dataset.view = view.chosen.display;
    if (isFirst) view.controls.forEach(([id, props]) => isNew(id, props));
    else setControls(view.chosen);
    dashboard.refreshTables();
    const changes = [
      ...view.words.map(([id, words]) => [id, words, write]),
      ...view.links.map(([id, address]) => [id, address, link]),
      ...view.controls.map(([id, props]) => [id, props, dash.set_props]),
      ...view.charts.map(([id, props]) => [id, props, draw]),
    ];
    apply(changes, generation, () => remember(view, isFirst));
    if (isFirst) early.forEach((value, id) => dash.set_props(id, { value }));
  }

  // Makes the changes, those in the window first; drawing gets its turn after each chart, and those that are
  // far away wait until the browser has nothing else to do. Where the reader scrolls meanwhile comes next. An
  // answer to a newer choice takes over at any point: it holds everything that this one does.
  async function apply(changes, mine, whenSeen) {
    const waiting = changes.map(([id, value, make], order) => ({ id, value, make, order }));
    let seen = false;
    let sortedAt = null;
    while (waiting.length) {
      if (mine !== generation) return;
      if (sortedAt !== scrollY) {
        sortedAt = scrollY;
        sortByDistance(waiting);
      }
      const { id, value, make, away } = waiting.shift();
      if (!seen && away > 0) {
        seen = true;
        whenSeen();
      }
      if (!byId(id) || !isNew(id, value)) continue;
      make(id, value);
      if (make === draw) await (away > innerHeight ? idle() : pause());
    }
    if (mine !== generation) return;
    if (!seen) whenSeen();
    setBusy(false);
  }

  function sortByDistance(waiting) {
    waiting.forEach((each) => (each.away = distance(byId(each.id))));
    waiting.sort((a, b) => a.away - b.away || a.order - b.order);
  }

  function isNew(id, value) {
    const text = JSON.stringify(value);
    if (shown.get(id) === text) return false;
    shown.set(id, text);
    return true;
  }

  // A chart that is there already is changed where it stands; otherwise it is put in its place.
  function draw(id, props) {
    const graph = props.children.props.children;
    const isThere = graph.type === "Graph" && byId(graph.props.id);
    if (isThere) dash.set_props(graph.props.id, { figure: graph.props.figure, style: graph.props.style });
    else dash.set_props(id, props);
  }

  function link(id, address) {
    byId(id).setAttribute("href", address);
  }

  function write(id, words) {
    byId(id).replaceChildren(build(words));
  }

  // Elements as the server describes them, made here: no text is ever read as markup.
  function build(node) {
    const made = document.createDocumentFragment();
    [node].flat().forEach((each) => {
      if (each === null || each === undefined) return;
      made.append(each.type ? buildElement(each) : String(each));
    });
    return made;
  }

  function buildElement({ type, props }) {
    const made = document.createElement(type.toLowerCase());
    Object.entries(props).forEach(([name, value]) => {
      if (name === "children" || value === null || value === false) return;
      made.setAttribute(SPELT[name] || name, value === true ? "" : value);
    });
    made.append(build(props.children));
    return made;
  }

  // How far an element is from the window, in pixels; 0 if it is in it.
  function distance(element) {
    if (!element) return Infinity;
    const box = element.getBoundingClientRect();
    return Math.max(0, box.top - innerHeight, -box.bottom);
  }

  const pause = () => new Promise((go) => setTimeout(go, 0));

  // Until the browser has nothing else to do; not every browser can tell.
  const idle = () =>
    window.requestIdleCallback
      ? new Promise((go) => requestIdleCallback(go, { timeout: LONGEST_WAIT }))
      : pause();

  // --- the address --------------------------------------------------------------------------------

  function remember(view, isFirst) {
    document.title = view.title;
    const state = { address: view.address, chosen: view.chosen };
    if (isFirst) {
      history.replaceState(state, "");
    } else if (returningTo) {
      if (returningTo === view.address) returningTo = null;
    } else if (!history.state || history.state.address !== view.address) {
      history.pushState(state, "", view.address);
    }
  }

  addEventListener("popstate", (event) => {
    if (!dashboard.view) return;
    if (!event.state) {
      // a link within the page: the same choice
      history.replaceState({ address: dashboard.view.address, chosen: dashboard.view.chosen }, "");
    } else if (event.state.address !== dashboard.view.address) {
      returningTo = event.state.address;
      waitForAnswer();
      setControls(event.state.chosen);
    }
  });

  // Sets the controls that stand otherwise; each that is set is told to the server.
  function setControls(chosen) {
    Object.entries(chosen).forEach(([id, value]) => {
      if (String(readControl(id)) !== String(value)) dash.set_props(id, { value });
    });
  }

  function readControl(id) {
    const control = byId(id);
    if (!control) return "";
    if (control.tagName === "SELECT") return control.value;
    const values = [...control.querySelectorAll("input:checked")].map((input) => input.value);
    return id === "display" ? values.join() : values;
  }

  // --- finding a measure: "/" leads to the box, from anywhere but another box -----------------------

  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const box = byId("find");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // --- waiting and failing ------------------------------------------------------------------------

  addEventListener("change", (event) => {
    if (!event.target.closest(".filters")) return;
    returningTo = null;
    waitForAnswer();
  });

  // Said to those who listen: what is on the page is about to change, and then that it has.
  function setBusy(isBusy) {
    byId("main").setAttribute("aria-busy", String(isBusy));
  }

  function waitForAnswer() {
    setBusy(true);
    clearTimeout(updating);
    updating = setTimeout(() => say("Updating…"), UPDATING_AFTER);
  }

  function say(text) {
    clearTimeout(updating);
    const line = byId("updating");
    if (line && line.textContent !== text) line.textContent = text;
  }

  const fetchBefore = window.fetch;
  window.fetch = async function (address) {
    const isChoice = String(address).endsWith("_dash-update-component");
    try {
      const answer = await fetchBefore.apply(this, arguments);
      if (isChoice && !answer.ok) sayFailed();
      return answer;
    } catch (error) {
      if (isChoice) sayFailed();
      throw error;
    }
  };

  function sayFailed() {
    setBusy(false);
    say("The figures could not be fetched, so the page still shows the earlier choice. Please choose again.");
  }

  // --- starting, and the width of the window ------------------------------------------------------

  // The server's first paint gives way to the page itself at the moment that it is there, and leaves it
  // its words.
  new MutationObserver((_, observer) => {
    const paint = byId("first-paint");
    const page = document.querySelector("#react-entry-point .page");
    if (!page || !paint) return;
    observer.disconnect();
    keepChoices(paint);
    const focused = paint.contains(document.activeElement) ? document.activeElement.id : "";
    page.querySelectorAll("[data-words]").forEach((place) => {
      place.append(...paint.querySelector(`[id="${place.id}"]`).childNodes);
    });
    paint.remove();
    if (focused && byId(focused)) byId(focused).focus();
    const linked = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (linked) linked.scrollIntoView();
    showCurrentTab();
  }).observe(document.documentElement, { childList: true, subtree: true });

  // What was chosen in the first paint stands in its controls, whether or not this script was there to hear.
  function keepChoices(paint) {
    paint.querySelectorAll("select, #compare, #display").forEach((control) => {
      const parts = [...(control.options || control.querySelectorAll("input"))];
      const isChanged = parts.some(
        (part) => part.selected !== part.defaultSelected || part.checked !== part.defaultChecked,
      );
      if (isChanged) early.set(control.id, readControl(control.id));
    });
  }

  function showCurrentTab() {
    const current = document.querySelector(".tabs [aria-current]");
    const strip = current && current.closest(".wrap");
    if (strip) strip.scrollLeft = current.offsetLeft - strip.clientWidth / 2 + current.clientWidth / 2;
  }

  PHONE.addEventListener("change", () => {
    const fold = document.querySelector(".filters details");
    if (fold) fold.open = !PHONE.matches;
    if (dashboard.view) dash.set_props("narrow", { data: PHONE.matches });
  });

  dash.dashboard = { show };
})();
