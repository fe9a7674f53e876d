// Small conveniences; every page works without them. Elements that need a script are `hidden` and carry `data-script`.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const closest = (event, selector) => event.target.closest?.(selector) ?? null;

  const reveal = (root) => all('[data-script]', root).forEach((element) => (element.hidden = false));
  reveal(document);
  document.addEventListener('htmx:after:swap', () => reveal(document));

  // Tick all and count. <form data-selection> holds: input[data-select-all], input[data-select] for each row,
  // [data-selected-count], and buttons [data-needs-selection].
  const countSelection = (form) => {
    const rows = all('input[data-select]', form);
    const ticked = rows.filter((box) => box.checked).length;
    all('[data-select-all]', form).forEach((box) => {
      box.checked = ticked > 0 && ticked === rows.length;
      box.indeterminate = ticked > 0 && ticked < rows.length;
    });
    all('[data-selected-count]', form).forEach((place) => (place.textContent = String(ticked)));
    all('[data-needs-selection]', form).forEach((button) => (button.disabled = ticked === 0));
  };
  all('form[data-selection]').forEach(countSelection);

  document.addEventListener('change', (event) => {
    const form = closest(event, 'form[data-selection]');
    if (!form) return;
    if (event.target.matches('[data-select-all]')) {
      all('input[data-select]', form).forEach((box) => (box.checked = event.target.checked));
    }
    countSelection(form);
  });

  // Unsaved changes: <form data-guard>.
  let unsaved = false;
  document.addEventListener('input', (event) => {
    if (closest(event, 'form[data-guard]')) unsaved = true;
  });
  document.addEventListener('submit', () => (unsaved = false));
  window.addEventListener('beforeunload', (event) => {
    if (unsaved) event.preventDefault();
  });

  document.addEventListener('click', (event) => {
    const copy = closest(event, '[data-copy]'); // <button data-copy="id of the input">
    if (copy) copyFrom(document.getElementById(copy.dataset.copy), copy);
    if (closest(event, '[data-print]')) window.print();
    const opener = closest(event, '[data-open]'); // <a href="…" data-open="id of the dialog">
    const dialog = opener && document.getElementById(opener.dataset.open);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
  });

  async function copyFrom(input, button) {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      document.execCommand('copy'); // the clipboard is refused on plain http, as in many intranets
    }
    button.textContent = '已复制';
  }

  // Live region: <div data-stream="/url">. Each message of the event stream is its new HTML; the event `end` closes it.
  all('[data-stream]').forEach((region) => {
    const stream = new EventSource(region.dataset.stream);
    stream.onmessage = ({ data }) => {
      if (region.innerHTML === data) return;
      region.innerHTML = data;
      reveal(region);
      // What stands outside and makes sense in one state only: <… data-when="paused">, the state is <… data-now="paused">.
      const now = region.querySelector('[data-now]')?.dataset.now;
      if (now !== undefined) all('[data-when]').forEach((part) => (part.hidden = part.dataset.when !== now));
    };
    stream.addEventListener('end', () => stream.close());
    // A browser connects again by itself, unless it was refused: then the numbers stand still, and say so.
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) return;
      const notice = document.createElement('p');
      notice.className = 'notice notice--warn';
      notice.setAttribute('role', 'alert');
      notice.textContent = '与服务器的连接已断开，以下数字不再更新。';
      const again = document.createElement('a');
      [again.href, again.textContent] = ['', '重新载入'];
      notice.append(again);
      region.before(notice);
    };
  });

  // What a scope text means, as one types: <… data-scope-box="/scope"> holds a textarea and a [data-scope-result], whose
  // buttons `learn` and `forget` are sent the same way. Without a script they send the form.
  all('[data-scope-box]').forEach((box) => {
    const text = box.querySelector('textarea');
    const result = box.querySelector('[data-scope-result]');
    let [timer, running] = [0, null];
    const ask = async (more = {}) => {
      clearTimeout(timer); // this takes along what was typed last; asked once more, it would wipe out what a button says
      running?.abort();
      running = new AbortController();
      const { signal } = running;
      try {
        const body = new URLSearchParams({ scope: text.value, ...more });
        const answer = await fetch(box.dataset.scopeBox, { method: 'POST', body, signal, headers: { 'HX-Request': 'true' } });
        const html = await answer.text();
        if (!signal.aborted) result.innerHTML = html;
      } catch {
        // An answer that never comes leaves the last one standing; the button still works.
      }
    };
    text.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 300);
    });
    result.addEventListener('click', (event) => {
      const button = closest(event, 'button[name="learn"], button[name="forget"]');
      if (!button) return;
      event.preventDefault();
      ask({ [button.name]: button.value }).then(() => result.querySelector('button')?.focus());
    });
  });

  document.querySelector('.error-summary[tabindex]')?.focus();
  // On a phone the bar of the main pages is wider than the screen.
  document.querySelector('.nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
})();
