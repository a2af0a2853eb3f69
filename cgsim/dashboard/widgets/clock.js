// The month shown: it runs in the browser alone, nothing is asked of the server.

export const SLOWEST = 2;
export const FASTEST = 30;

export function makeClock(onChange) {
  let until = null; // where it stops by itself, before the end
  let runs = 0;
  const clock = {
    month: 1, // months lived, from 1
    months: 1,
    playing: false,
    speed: 8, // months a second

    fit(months) {
      clock.months = months;
      clock.month = Math.min(clock.month, months);
    },
    show(month) {
      const inside = Math.min(Math.max(Math.round(month), 1), clock.months);
      if (inside !== clock.month) {
        clock.month = inside;
        onChange();
      }
    },
    play() {
      if (clock.playing) return;
      if (clock.month === clock.months) clock.month = 1;
      clock.playing = true;
      onChange();
      run(++runs);
    },
    pause() {
      if (!clock.playing) return;
      clock.playing = false;
      until = null;
      onChange();
    },
    // On to a month and no further; at once where movement is unwanted.
    playTo(month) {
      if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
        clock.scrub(month);
        return;
      }
      clock.pause();
      until = month;
      if (month > clock.month) clock.play();
    },
    toggle() {
      if (clock.playing) clock.pause();
      else clock.play();
    },
    step(months) {
      clock.pause();
      clock.show(clock.month + months);
    },
    scrub(month) {
      clock.pause();
      clock.show(month);
    },
    reset() {
      clock.pause();
      clock.show(1);
    },
  };

  function run(number) {
    let last = null;
    let due = 0;
    function frame(now) {
      if (!clock.playing || number !== runs) return;
      // a tab that slept does not race through the months it missed
      due += last === null ? 0 : (Math.min(now - last, 250) / 1000) * clock.speed;
      last = now;
      const whole = Math.floor(due);
      due -= whole;
      const end = until ?? clock.months;
      if (whole > 0) clock.show(Math.min(clock.month + whole, end));
      if (clock.month >= end) clock.pause();
      else requestAnimationFrame(frame);
    }
    requestAnimationFrame(frame);
  }

  return clock;
}

// Space, arrows and R, unless the key already means something where the focus is.
export function listenToKeys(clock) {
  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = event.target instanceof Element ? event.target : document.body;
    if (at.closest("input, select, textarea, [contenteditable]")) return;
    if (event.key === " " && at.closest("button, a, summary")) return;
    if (event.key === " " && !event.repeat) clock.toggle();
    else if (event.key === "ArrowRight") clock.step(1);
    else if (event.key === "ArrowLeft") clock.step(-1);
    else if (event.key === "r" || event.key === "R") clock.reset();
    else if (event.key !== " ") return;
    event.preventDefault();
  }
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
