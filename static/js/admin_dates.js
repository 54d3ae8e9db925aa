// Date fields of the back-office: what is typed stays as it was typed (the server reads it, or says why not), the picker offers quarter
// hours, and it opens by its own button only, so that it never lies over the next field or the button that saves.
(() => {
  const { jQuery } = window;
  if (!jQuery?.fn.datetimepicker) return;
  const label = document.currentScript.dataset.smesLabel;
  const make = jQuery.fn.datetimepicker;
  Object.assign(make.defaults, { step: 15, validateOnBlur: false, openOnFocus: false, yearStart: 1990, enterLikeTab: false });

  function addButton(input) {
    if (input.parentElement.classList.contains("smes-date")) return;
    const frame = document.createElement("span");
    frame.className = "smes-date";
    input.replaceWith(frame);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "smes-date__button";
    button.setAttribute("aria-label", label);
    button.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#icon-calendar"></use></svg>';
    frame.append(input, button);
    button.addEventListener("mousedown", (event) => event.stopPropagation());
    button.addEventListener("click", () => {
      // The picker follows a field only while it opens by itself: told here what is typed.
      jQuery(input).data("xdsoft_datetimepicker").data("xdsoft_datetime").setCurrentTime(input.value);
      jQuery(input).datetimepicker("toggle");
    });
    button.addEventListener("keydown", (event) => { if (event.key === "Escape") jQuery(input).datetimepicker("hide"); });
    button.addEventListener("blur", () => jQuery(input).datetimepicker("hide"));
  }

  jQuery.fn.datetimepicker = function (options, ...rest) {
    const result = make.call(this, options, ...rest);
    if (typeof options !== "string") this.each((_index, input) => addButton(input));
    return result;
  };
  Object.assign(jQuery.fn.datetimepicker, make);
})();
