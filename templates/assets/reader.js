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

// Where there is no connection a form says so and keeps its page; without this the browser's own error page would take its place.
(() => {
  const offline = (form) => {
    const known = form.querySelector('[data-offline]');
    const notice = known ?? document.createElement('p');
    notice.className = 'notice notice--warn';
    notice.dataset.offline = '';
    notice.setAttribute('role', 'alert');
    notice.textContent = '';
    // Said anew each time, so that a screen reader says it too.
    setTimeout(() => (notice.textContent = '网络不通，还没有提交。请连上网络后，在本页再按一次。'));
    if (!known) form.append(notice);
  };
  document.addEventListener('submit', async (event) => {
    const { target: form, submitter } = event;
    if (form.method !== 'post' || form.dataset.connected) return;
    event.preventDefault();
    try {
      // Whatever the server answers, it answers: an old browser has no time-out and waits for its own.
      await fetch('/assets/icon.svg', { cache: 'no-store', signal: AbortSignal.timeout?.(8000) });
    } catch {
      return offline(form);
    }
    form.dataset.connected = 'yes';
    if (form.requestSubmit) form.requestSubmit(submitter);
    else form.submit();
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('[data-connected]')) delete form.dataset.connected;
  });
})();
