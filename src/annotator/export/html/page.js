"use strict";
/* Filters, steps from mark to mark, notes beside their passages, and dark colours. It reads
   only attributes that the program wrote, and never makes elements of text. */
{
  const root = document.documentElement;
  const GAP = 10; // pixels between two notes
  const KEPT = "annotator-colours";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const wide = matchMedia("(min-width: 64rem)");

  /* Pages from the disk may have no storage. */
  const kept = (value) => {
    try {
      if (value) localStorage.setItem(KEPT, value);
      return localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  };
  const colours = kept();
  if (colours === "light" || colours === "dark") root.dataset.colours = colours;
  root.classList.add("has-script");

  const start = () => {
    const byId = (id) => document.getElementById(id);
    const all = (selector, within = document) => [...within.querySelectorAll(selector)];
    const bar = document.querySelector(".bar");
    bar.hidden = false;

    /* Colours */
    const dark = byId("dark");
    const isDark = () => (root.dataset.colours || (system.matches ? "dark" : "light")) === "dark";
    const showColours = () => dark.setAttribute("aria-pressed", isDark());
    dark.addEventListener("click", () => {
      root.dataset.colours = isDark() ? "light" : "dark";
      kept(root.dataset.colours);
      showColours();
    });
    system.addEventListener("change", showColours);
    showColours();

    /* Code and tables that are wider than the page can be scrolled with keys. */
    for (const each of all("pre, .table")) {
      if (each.scrollWidth <= each.clientWidth) {
        ["tabindex", "role", "aria-label"].forEach((name) => each.removeAttribute(name));
        continue;
      }
      each.tabIndex = 0;
      each.setAttribute("role", "group");
      each.setAttribute("aria-label", each.matches("pre") ? "Code" : "Table");
    }

    /* Marks: the note, the place and number in the text, and the stretches of text of each */
    const notes = all(".note");
    if (!notes.length) return;
    const stretches = new Map();
    const stretchesOfText = all("mark[data-marks]");
    for (const each of stretchesOfText) {
      each.names = each.dataset.marks.split(" ");
      for (const name of each.names) {
        if (!stretches.has(name)) stretches.set(name, []);
        stretches.get(name).push(each);
      }
    }
    const numbers = new Map(all(".ref").map((each) => [each.dataset.mark, each]));
    const marks = new Map();
    for (const note of notes) {
      const name = note.dataset.mark;
      const tags = new Set(note.dataset.tags.split(" "));
      marks.set(name, { name, note, tags, place: byId(name), number: numbers.get(name) });
    }
    const parts = (mark) => [
      mark.note, ...(mark.number ? [mark.number] : []), ...(stretches.get(mark.name) || []),
    ];
    let current = null;

    /* Notes stand beside their passages; the one of the current mark exactly, others make room. */
    const spreads = all(".spread").map((spread) => ({
      column: spread.querySelector(".notes"),
      own: [...marks.values()].filter((mark) => spread.contains(mark.note)),
    }));
    const align = () => {
      for (const { column, own } of spreads) {
        if (!column) continue;
        if (!wide.matches) {
          column.style.height = "";
          continue;
        }
        const shown = own.filter((mark) => !mark.note.hidden);
        const top = column.getBoundingClientRect().top;
        const wanted = shown.map((mark) => mark.place.getBoundingClientRect().top - top);
        const heights = shown.map((mark) => mark.note.offsetHeight + GAP);
        const tops = [...wanted];
        for (let i = shown.indexOf(current) - 1; i >= 0; i--) {
          tops[i] = Math.min(wanted[i], tops[i + 1] - heights[i]);
        }
        let free = 0;
        tops.forEach((_, i) => {
          tops[i] = Math.max(tops[i], free);
          free = tops[i] + heights[i];
        });
        shown.forEach((mark, i) => { mark.note.style.top = `${tops[i]}px`; });
        column.style.height = `${free}px`;
      }
    };

    /* Filters */
    const choices = ["kind", "tag", "status"].map((by) => [by, byId(`by-${by}`)])
      .filter(([, select]) => select);
    const reset = byId("reset"), shownOutput = byId("shown"), at = byId("at");
    const matches = (mark, by, wanted) => !wanted
      || (by === "tag" ? mark.tags.has(wanted) : mark.note.dataset[by] === wanted);
    const shownMarks = () => [...marks.values()].filter((mark) => !mark.note.hidden);
    const tell = () => {
      const shown = shownMarks();
      const number = shown.indexOf(current) + 1;
      at.value = number ? `${number} of ${shown.length}` : `${shown.length} marks`;
      if (shown.length === 1 && !number) at.value = "1 mark";
    };
    const filter = () => {
      for (const mark of marks.values()) {
        const isShown = choices.every(([by, select]) => matches(mark, by, select.value));
        mark.note.hidden = !isShown;
        if (mark.number) mark.number.hidden = !isShown;
      }
      for (const each of stretchesOfText) {
        each.classList.toggle("is-off", each.names.every((name) => marks.get(name).note.hidden));
      }
      for (const each of all("[data-claim]")) {
        each.hidden = marks.get(each.dataset.claim).note.hidden;
      }
      for (const each of all(".notes, .lost, .group, .claims")) {
        each.hidden = !each.querySelector(".note:not([hidden]), .claim:not([hidden])");
      }
      for (const each of all("[data-section]")) {
        const article = byId(each.dataset.section);
        article.hidden = !article.querySelector(".note:not([hidden])");
        each.hidden = article.hidden;
      }
      const isFiltered = choices.some(([, select]) => select.value);
      reset.hidden = !isFiltered;
      shownOutput.value = isFiltered ? `${shownMarks().length} of ${marks.size} marks` : "";
      if (current?.note.hidden) choose(null);
      tell();
      align();
    };
    const showAll = () => {
      for (const [, select] of choices) select.value = "";
      filter();
    };
    for (const [, select] of choices) select.addEventListener("change", filter);
    reset.addEventListener("click", () => {
      showAll();
      choices[0][1].focus();
    });

    /* From mark to mark */
    const choose = (mark) => {
      if (current) for (const each of parts(current)) each.classList.remove("is-current");
      current = mark;
      if (mark) for (const each of parts(mark)) each.classList.add("is-current");
      tell();
      align();
    };
    const go = (mark) => {
      choose(mark);
      location.replace(`#${mark.name}`);
      (mark.number || mark.note.querySelector("a") || mark.place).focus({ preventScroll: true });
    };
    const step = (by) => {
      const shown = shownMarks();
      if (!shown.length) return;
      let index = shown.indexOf(current);
      if (index < 0) {
        const edge = bar.getBoundingClientRect().bottom;
        const below = shown.findIndex((mark) => mark.place.getBoundingClientRect().top >= edge);
        index = below < 0 ? (by > 0 ? 0 : shown.length - 1) : below - (by > 0 ? 0 : 1);
      } else {
        index += by;
      }
      go(shown[(index + shown.length) % shown.length]);
    };
    byId("next").addEventListener("click", () => step(1));
    byId("previous").addEventListener("click", () => step(-1));

    const follow = () => {
      const name = location.hash.replace(/^#n-/, "#a-").slice(1);
      const mark = marks.get(name);
      if (!mark) return;
      if (mark.note.hidden) {
        showAll();
        mark.place.scrollIntoView();
      }
      choose(mark);
    };
    addEventListener("hashchange", follow);

    const STEPS = { "]": 1, n: 1, "[": -1, p: -1 };
    addEventListener("keydown", (event) => {
      const isAltGraph = event.getModifierState("AltGraph");
      if (!isAltGraph && (event.ctrlKey || event.altKey || event.metaKey)) return;
      /* In a list of choices, letters find a choice. */
      const isTyped = event.target.closest?.("select, input") && /^\w$/.test(event.key);
      if (isTyped || !byId("keys").checked) return;
      if (event.key === "Escape") {
        document.querySelector(".keys").open = false;
        choose(null);
      } else if (STEPS[event.key]) {
        event.preventDefault();
        step(STEPS[event.key]);
      }
    });

    /* What belongs together is seen together. */
    const markAt = (target) => {
      const part = target.closest?.("mark[data-marks], .note, .ref");
      const name = part?.names ? part.names.at(-1) : part?.dataset.mark;
      return marks.get(name);
    };
    let near = null;
    addEventListener("pointerover", (event) => {
      const mark = markAt(event.target) || null;
      if (mark === near) return;
      if (near) for (const each of parts(near)) each.classList.remove("is-near");
      near = mark;
      if (near) for (const each of parts(near)) each.classList.add("is-near");
    });
    addEventListener("click", (event) => {
      if (event.target.closest("a, button, summary, label")) return;
      const mark = markAt(event.target);
      if (mark && String(getSelection()) === "") choose(mark);
    });

    new ResizeObserver(align).observe(document.querySelector("main"));
    wide.addEventListener("change", align);
    document.addEventListener("toggle", align, true);
    filter();
    follow();
  };

  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
}
