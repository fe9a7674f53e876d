// Tells the office that a person has the page before him: <body> or any element with data-opened="/r/TOKEN/opened".
// Not at load: link previews and mail scanners load pages too, but show them to nobody.
(() => {
  const place = document.querySelector('[data-opened]');
  if (!place) return;
  let timer;
  const told = () => {
    document.removeEventListener('visibilitychange', watch);
    void fetch(place.dataset.opened, { method: 'POST', keepalive: true });
  };
  const watch = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') timer = setTimeout(told, 1000);
  };
  document.addEventListener('visibilitychange', watch);
  watch();
})();
