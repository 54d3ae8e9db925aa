// Saves each tick of the roll call at once, shows whether it was kept, and takes a mark away when it is tapped again.
// Without this file the form works with its one button.

const form = document.querySelector("[data-smes-roll]");

function show(line, state, text) {
  line.dataset.state = state;
  line.querySelector("output").textContent = text;
}

// The mark of a line as the server keeps it.
const kept = (line) => line.querySelector('input[type="hidden"]');

// The figures are those of the lines on this screen: answers of the server may overtake one another.
function count() {
  const marks = [...form.querySelectorAll("[data-smes-line]")].map((line) => kept(line).value || "unmarked");
  for (const place of document.querySelectorAll("[data-smes-count]")) {
    place.textContent = marks.filter((mark) => mark === place.dataset.smesCount).length;
  }
}

function restore(line) {
  const mark = kept(line).value;
  for (const radio of line.querySelectorAll('input[type="radio"]')) radio.checked = radio.value === mark;
  askMinutes(line, mark);
}

// How long somebody was there is asked of those who came late.
function askMinutes(line, status) {
  line.querySelector(".roll-call__minutes").hidden = status !== "late";
}

async function send(line, status) {
  const body = new URLSearchParams({ enrolment: line.dataset.smesLine, status });
  if (status === "late") body.set("minutes", line.querySelector('input[type="number"]').value);
  const headers = { "X-CSRFToken": form.querySelector('[name="csrfmiddlewaretoken"]').value };
  const response = await fetch(form.dataset.smesRoll, { method: "POST", body, headers, redirect: "error" });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || "");
}

// One line is saved after the other ticks of the same line, so that the latest tap wins.
const queues = new WeakMap();

function save(line, status) {
  askMinutes(line, status);
  const turn = (queues.get(line) || Promise.resolve()).then(async () => {
    show(line, "saving", form.dataset.saving);
    try {
      await send(line, status);
      kept(line).value = status;
      count();
      show(line, "saved", status ? form.dataset.saved : form.dataset.undone);
    } catch (error) {
      restore(line);
      show(line, "failed", [error instanceof TypeError || error instanceof SyntaxError ? "" : error.message, form.dataset.failed].filter(Boolean).join(" "));
    }
  });
  queues.set(line, turn);
}

if (form) {
  form.querySelector("[data-smes-submit]").hidden = true;
  for (const minutes of form.querySelectorAll('input[type="number"]')) {
    minutes.addEventListener("change", () => save(minutes.closest("[data-smes-line]"), "late"));
  }
  for (const radio of form.querySelectorAll('.roll-call__choice input[type="radio"]')) {
    const line = radio.closest("[data-smes-line]");
    let wasChecked = false;
    const takeBack = () => {
      wasChecked = false;
      radio.checked = false;
      save(line, "");
    };
    radio.addEventListener("pointerdown", () => { wasChecked = radio.checked; });
    radio.addEventListener("click", () => { if (wasChecked) takeBack(); });
    // Browsers send no click for the space bar on a radio button that is checked already.
    radio.addEventListener("keydown", (event) => {
      if (event.key !== " " || !radio.checked) return;
      event.preventDefault();
      takeBack();
    });
    radio.addEventListener("change", () => save(line, radio.value));
  }
}
