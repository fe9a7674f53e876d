// Tells the office that a person has the page before him: <body> or any element with data-opened="/r/TOKEN/opened".
// Not at load: link previews and mail scanners load pages too, some in a real browser. Only after the page was visible for a
// second and somebody touched it: a scroll, a tap, a key.
(() => {
  const place = document.querySelector('[data-opened]');
  if (!place) return;
  const gestures = ['pointerdown', 'touchmove', 'wheel', 'keydown'];
  let seen = false;
  let touched = false;
  let timer;
  const tell = () => {
    if (!seen || !touched) return;
    for (const gesture of gestures) document.removeEventListener(gesture, touch);
    document.removeEventListener('visibilitychange', watch);
    void fetch(place.dataset.opened, { method: 'POST', keepalive: true });
  };
  const touch = (event) => {
    touched ||= event.isTrusted;
    tell();
  };
  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState !== 'visible') return;
    timer = setTimeout(() => {
      seen = true;
      tell();
    }, 1000);
  };
  for (const gesture of gestures) document.addEventListener(gesture, touch, { passive: true });
  document.addEventListener('visibilitychange', watch);
  watch();
})();
