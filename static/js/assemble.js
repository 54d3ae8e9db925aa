// Buttons that move an item of the assembly up or down in its rubric. Without this file the places are typed as numbers.

const form = document.querySelector("[data-smes-assemble]");

function button(text, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "pick__move";
  made.textContent = label;
  made.setAttribute("aria-label", text);
  made.addEventListener("click", () => {
    if (made.ariaDisabled === "true") return;
    act();
    made.focus();
    number();
    say(made.closest("[data-smes-pick]"));
  });
  return made;
}

// The fields are what is sent: they follow what one sees. Who stands at an end goes no further.
function number() {
  form.querySelectorAll('[data-smes-pick] input[name$="-position"]').forEach((field, place) => { field.value = place + 1; });
  for (const pick of form.querySelectorAll("[data-smes-pick]")) {
    const [up, down] = pick.querySelectorAll(".pick__move");
    up.ariaDisabled = String(!pick.previousElementSibling);
    down.ariaDisabled = String(!pick.nextElementSibling);
  }
}

// What eyes see at once is told to who listens.
function say(pick) {
  const all = [...pick.parentElement.children];
  form.querySelector("[data-smes-said]").textContent = form.dataset.now.replace("{n}", all.indexOf(pick) + 1).replace("{all}", all.length);
}

if (form) {
  for (const pick of form.querySelectorAll("[data-smes-pick]")) {
    const title = pick.querySelector(".pick__title").textContent.trim();
    pick.querySelector(".pick__place").hidden = true;
    pick.querySelector("[data-smes-order]").append(
      button(`${form.dataset.up}: ${title}`, "↑", () => pick.previousElementSibling?.before(pick)),
      button(`${form.dataset.down}: ${title}`, "↓", () => pick.nextElementSibling?.after(pick)),
    );
  }
  number();
}
