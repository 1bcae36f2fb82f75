// Reads the easy report aloud with the device's own voice, line by line, the line in sight. Where the device has no voice there
// are no buttons: a button that does nothing is worse than none.
"use strict";
(() => {
  const box = document.querySelector("[data-read-all]");
  const lines = [...document.querySelectorAll("[data-read]")];
  if (!("speechSynthesis" in window) || !box || lines.length === 0) {
    return;
  }

  const all = box.querySelector("button");
  const start = all.textContent;
  let turn = 0;

  const clear = () => lines.forEach((line) => line.closest("li").classList.remove("reading"));

  const stop = () => {
    turn += 1;
    speechSynthesis.cancel();
    clear();
    all.textContent = start;
  };

  const say = (index, until) => {
    const mine = turn;
    clear();
    if (index >= until) {
      stop();
      return;
    }

    const row = lines[index].closest("li");
    row.classList.add("reading");
    row.scrollIntoView({ block: "nearest" });
    const words = new SpeechSynthesisUtterance(lines[index].textContent);
    words.lang = document.documentElement.lang === "en" ? "en-GB" : "nl-NL";
    words.rate = 0.9;
    words.onend = () => {
      if (mine === turn) {
        say(index + 1, until);
      }
    };
    words.onerror = () => {
      if (mine === turn) {
        stop();
      }
    };
    speechSynthesis.speak(words);
  };

  all.addEventListener("click", () => {
    const reads = all.textContent !== start;
    stop();
    if (!reads) {
      all.textContent = box.dataset.stop;
      say(0, lines.length);
    }
  });
  lines.forEach((line, index) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "read-one";
    one.textContent = "\u25B6";
    one.setAttribute("aria-label", `${box.dataset.one}: ${line.textContent}`);
    one.addEventListener("click", () => {
      stop();
      say(index, index + 1);
    });
    line.closest("li").append(one);
  });
  box.hidden = false;
  addEventListener("pagehide", stop);
})();
