"use strict";
// First in the page: the theme before anything is painted, and a record of whatever goes wrong later.
(function () {
  const root = document.documentElement;
  const faults = [];

  function record(text) {
    faults.push(text);
    root.dataset.errors = faults.join(" | ");
  }

  addEventListener("error", event => record(event.message));
  addEventListener("unhandledrejection", event => record(String(event.reason)));
  addEventListener("securitypolicyviolation", event => record("blocked: " + event.violatedDirective));

  root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.classList.add("scripted");
})();
