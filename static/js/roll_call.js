// Sends each tick of the roll call at once, or when there is network again, and shows which are kept where. A mark tapped again is taken away.
// Without this file the form works with its one button.

import { newId, Queue } from "./roll_queue.js";

const AGAIN = 10_000;
const form = document.querySelector("[data-smes-roll]");

function show(line, state, text) {
  line.dataset.state = state;
  line.querySelector("output").textContent = text;
}

const lineOf = (mark) => form.querySelector(`[data-smes-line="${CSS.escape(mark.enrolment)}"]`);
const statusField = (line) => line.querySelector('input[name^="shown-"]:not([name^="shown-minutes"])');
const minutesField = (line) => line.querySelector('input[name^="shown-minutes-"]');

// The figures are those of the lines on this screen: answers of the server may overtake one another. What this device keeps counts too.
function count() {
  const marks = [...form.querySelectorAll("[data-smes-line]")].map((line) => (line.dataset.held ?? statusField(line).value) || "unmarked");
  for (const place of document.querySelectorAll("[data-smes-count]")) {
    place.textContent = marks.filter((mark) => mark === place.dataset.smesCount).length;
  }
}

function tick(line, status, minutes) {
  for (const radio of line.querySelectorAll('input[type="radio"]')) radio.checked = radio.value === status;
  if (status === "late" && minutes) line.querySelector('input[type="number"]').value = minutes;
  askMinutes(line, status);
}

// How long somebody was there is asked of those who came late.
function askMinutes(line, status) {
  line.querySelector(".roll-call__minutes").hidden = status !== "late";
}

// What the server is known to keep of a line.
function keep(line, status, minutes) {
  statusField(line).value = status;
  minutesField(line).value = minutes;
}

class Refused extends Error {}
class LoggedOut extends Error {}

async function post(mark) {
  const headers = { "X-CSRFToken": form.querySelector('[name="csrfmiddlewaretoken"]').value };
  const response = await fetch(form.dataset.smesRoll, { method: "POST", body: new URLSearchParams(mark), headers, redirect: "manual" });
  if (response.type === "opaqueredirect" || response.status === 403) throw new LoggedOut();
  if (response.status >= 500) throw new Error("later");
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error || "");
  return answer;
}

class Roll {
  constructor() {
    this.queue = new Queue(form.dataset.key);
    this.bar = document.querySelector("[data-smes-waiting]");
    this.busy = new Set();
    this.loggedOut = false;
    this.refusals = [];
  }

  // What the sender of the next mark sees: her latest one that still waits, or what the server keeps.
  seen(line) {
    const waiting = this.queue.all().filter((mark) => mark.enrolment === line.dataset.smesLine).at(-1);
    return waiting ?? { status: statusField(line).value, minutes: minutesField(line).value };
  }

  save(line, status) {
    const { status: seen, minutes: seenMinutes } = this.seen(line);
    const minutes = status === "late" ? line.querySelector('input[type="number"]').value : "";
    const mark = { id: newId(), enrolment: line.dataset.smesLine, status, minutes, seen, seen_minutes: seenMinutes, made_at: new Date().toISOString() };
    askMinutes(line, status);
    this.queue.add(mark);
    show(line, "saving", form.dataset.saving);
    this.send();
  }

  // Lines do not wait for one another: one answer may take long.
  send() {
    for (const enrolment of new Set(this.queue.all().map((mark) => mark.enrolment))) {
      if (this.busy.has(enrolment)) continue;
      this.busy.add(enrolment);
      this.sendLine(enrolment).finally(() => {
        this.busy.delete(enrolment);
        this.tell();
      });
    }
  }

  // The marks of one person one after the other, in the order of the taps. What cannot leave now stays.
  async sendLine(enrolment) {
    const next = () => this.queue.all().find((mark) => mark.enrolment === enrolment);
    for (let mark = next(); mark; mark = next()) {
      try {
        this.settle(mark, await post(mark));
        this.loggedOut = false;
      } catch (error) {
        if (!(error instanceof Refused)) {
          this.loggedOut = error instanceof LoggedOut;
          return;
        }
        this.refuse(mark, error.message);
      }
    }
  }

  settle(mark, answer) {
    const line = lineOf(mark);
    this.queue.drop(mark.id);
    if (!line) return;
    delete line.dataset.held;
    keep(line, answer.status, answer.conflict ? answer.minutes : mark.minutes || minutesField(line).value);
    if (this.queue.all().some((each) => each.enrolment === mark.enrolment)) return;
    if (answer.conflict) {
      tick(line, answer.status, answer.minutes);
      show(line, "failed", answer.conflict);
    } else {
      show(line, "saved", answer.status ? form.dataset.saved : form.dataset.undone);
    }
  }

  refuse(mark, reason) {
    const line = lineOf(mark);
    this.queue.drop(mark.id);
    if (line) {
      delete line.dataset.held;
      tick(line, statusField(line).value, minutesField(line).value);
      show(line, "failed", [reason, form.dataset.failed].filter(Boolean).join(" "));
    } else {
      this.refusals.push(`${form.dataset.refused} ${reason}`);
    }
  }

  // What is not sent yet is seen at once, on its line and at the foot of the screen.
  tell() {
    const waiting = this.queue.all();
    const words = waiting.length === 1 ? form.dataset.oneWaits : form.dataset.manyWait.replace("[count]", waiting.length);
    const texts = [...this.refusals, ...(waiting.length ? [words] : []), ...(this.loggedOut && waiting.length ? [form.dataset.logIn] : [])];
    this.bar.textContent = texts.join(" ");
    this.bar.hidden = !texts.length;
    for (const mark of waiting) {
      const line = lineOf(mark);
      if (!line || this.busy.has(mark.enrolment)) continue;
      line.dataset.held = mark.status;
      show(line, "waiting", form.dataset.waits);
    }
    count();
  }

  // What was tapped before this file had come is saved too. (The form has autocomplete off: no browser fills in what was tapped another day.)
  catchUp() {
    for (const radio of form.querySelectorAll('.roll-call__choice input[type="radio"]:checked')) {
      if (!radio.defaultChecked) this.save(radio.closest("[data-smes-line]"), radio.value);
    }
  }

  // The page may come from the device, as it was: what waits is put over it.
  restore() {
    for (const mark of this.queue.all()) {
      const line = lineOf(mark);
      if (line) tick(line, mark.status, mark.minutes);
    }
    this.tell();
  }
}

function bind(roll) {
  for (const minutes of form.querySelectorAll('input[type="number"]')) {
    minutes.addEventListener("change", () => roll.save(minutes.closest("[data-smes-line]"), "late"));
  }
  for (const radio of form.querySelectorAll('.roll-call__choice input[type="radio"]')) {
    const line = radio.closest("[data-smes-line]");
    let wasChecked = false;
    const takeBack = () => {
      wasChecked = false;
      radio.checked = false;
      roll.save(line, "");
    };
    radio.addEventListener("pointerdown", () => { wasChecked = radio.checked; });
    radio.addEventListener("click", () => { if (wasChecked) takeBack(); });
    // Browsers send no click for the space bar on a radio button that is checked already.
    radio.addEventListener("keydown", (event) => {
      if (event.key !== " " || !radio.checked) return;
      event.preventDefault();
      takeBack();
    });
    radio.addEventListener("change", () => roll.save(line, radio.value));
  }
}

// The page and what it is made of are kept on the device, so that it opens without network. Once they are, the page says so.
async function keepPage() {
  if (!form.dataset.worker || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(form.dataset.worker);
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((each) => each.name).filter((url) => url.startsWith(location.origin));
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { document.querySelector("[data-smes-kept]").dataset.kept = ""; };
  active.postMessage({ keep: [location.href.split("#")[0], ...new Set(parts.filter((url) => !url.endsWith(form.dataset.worker)))] }, [port2]);
}

if (form) {
  const roll = new Roll();
  form.querySelector("[data-smes-submit]").hidden = true;
  bind(roll);
  roll.catchUp();
  roll.restore();
  roll.send();
  window.addEventListener("online", () => roll.send());
  setInterval(() => { if (roll.queue.all().length) roll.send(); }, AGAIN);
  keepPage().catch(() => {}); // no place to keep it, or not allowed: the page works as long as it is open
}
