// Buttons that move an item of the assembly up or down in its rubric. Without this file the places are typed as numbers.

const form = document.querySelector("[data-smes-assemble]");

function button(text, sign, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "pick__move";
  made.textContent = sign;
  made.setAttribute("aria-label", text);
  made.addEventListener("click", () => {
    act();
    made.focus();
    number();
  });
  return made;
}

// The fields are what is sent: they follow what one sees.
function number() {
  form.querySelectorAll('[data-smes-pick] input[name$="-position"]').forEach((field, place) => { field.value = place + 1; });
}

if (form) {
  for (const pick of form.querySelectorAll("[data-smes-pick]")) {
    const place = pick.querySelector(".pick__place");
    const title = pick.querySelector(".pick__title").textContent.trim();
    place.hidden = true;
    place.after(
      button(`${form.dataset.up}: ${title}`, "↑", () => pick.previousElementSibling?.before(pick)),
      button(`${form.dataset.down}: ${title}`, "↓", () => pick.nextElementSibling?.after(pick)),
    );
  }
}
