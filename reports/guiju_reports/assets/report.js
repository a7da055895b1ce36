(function () {
  "use strict";
  var form = document.querySelector("[data-filter]");
  var blocks = Array.prototype.slice.call(document.querySelectorAll("[data-requirement]"));
  var copied = document.querySelector("[data-copied]");

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  // The filter's state is in the address, `#verdict=nonconforming,broken&q=P-07`, so that a
  // filtered report can be sent as a link.
  function fromAddress() {
    var hash = location.hash.slice(1);
    if (!/^(verdict|q)=/.test(hash)) return null;
    var state = { verdicts: [], words: "" };
    hash.split("&").forEach(function (pair) {
      var cut = pair.indexOf("=");
      var value;
      try { value = decodeURIComponent(pair.slice(cut + 1).replace(/\+/g, " ")); } catch (e) { return; }
      if (pair.slice(0, cut) === "verdict") state.verdicts = value.split(",").filter(Boolean);
      if (pair.slice(0, cut) === "q") state.words = value;
    });
    return state;
  }

  function fromForm() {
    return {
      verdicts: all("input[name=verdict]:checked", form).map(function (box) { return box.value; }),
      words: form.elements.q.value
    };
  }

  function toForm(state) {
    all("input[name=verdict]", form).forEach(function (box) {
      box.checked = state.verdicts.indexOf(box.value) >= 0;
    });
    form.elements.q.value = state.words;
  }

  function apply(state) {
    var words = state.words.toLowerCase().split(/\s+/).filter(Boolean);
    var filtering = words.length > 0 || state.verdicts.length > 0;
    var shown = 0;
    blocks.forEach(function (block) {
      var fits = !state.verdicts.length || state.verdicts.indexOf(block.dataset.verdict) >= 0;
      if (fits && words.length) {
        var text = block.textContent.toLowerCase();
        fits = words.every(function (word) { return text.indexOf(word) >= 0; });
      }
      block.hidden = !fits;
      if (fits) shown += 1;
    });
    // A table none of whose rows is shown needs no heading.
    all("[data-list]").forEach(function (list) {
      list.hidden = !list.querySelector("[data-requirement]:not([hidden])");
    });
    all("article").forEach(function (article) {
      var empty = filtering && all("article").length > 1 &&
        !article.querySelector("[data-requirement]:not([hidden])");
      article.hidden = empty;
    });
    var said = form.querySelector("[data-shown]");
    said.textContent = !filtering ? "" : !shown ? said.dataset.nothing :
      said.dataset.words.replace("{shown}", shown).replace("{total}", blocks.length);
    document.documentElement.toggleAttribute("data-filtering", filtering);
  }

  function remember(state) {
    var parts = [];
    if (state.verdicts.length) parts.push("verdict=" + state.verdicts.map(encodeURIComponent).join(","));
    if (state.words) parts.push("q=" + encodeURIComponent(state.words));
    var address = parts.length ? "#" + parts.join("&") : location.pathname + location.search;
    try { history.replaceState(null, "", address); } catch (e) { /* some viewers forbid it */ }
  }

  if (form && blocks.length) {
    form.hidden = false;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", function () {
      var state = fromForm();
      apply(state);
      remember(state);
    });
    form.addEventListener("reset", function () {
      setTimeout(function () {
        apply(fromForm());
        remember(fromForm());
      }, 0);
    });
    var follow = function () {
      var state = fromAddress();
      if (state) {
        toForm(state);
        apply(state);
        return;
      }
      // A link to a block that the filter hides shows everything again.
      var target;
      try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (e) { return; }
      if (target && target.closest("[hidden]")) {
        toForm({ verdicts: [], words: "" });
        apply(fromForm());
        target.scrollIntoView();
      }
    };
    window.addEventListener("hashchange", follow);
    follow();
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a.anchor") : null;
    if (!link || !navigator.clipboard) return;
    navigator.clipboard.writeText(link.href).then(function () {
      copied.hidden = false;
      setTimeout(function () { copied.hidden = true; }, 1500);
    }, function () {});
  });

  var closed = [];
  window.addEventListener("beforeprint", function () {
    closed = all("details:not([open])");
    closed.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    closed.forEach(function (details) { details.open = false; });
  });
})();
