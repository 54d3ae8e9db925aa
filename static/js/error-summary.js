// A form that came back with errors: read the summary first, so put the focus there.
document.querySelector("[data-smes-error-summary]")?.focus();
