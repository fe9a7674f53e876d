// Small conveniences; every page works without them. Elements that need a script are `hidden` and carry `data-script`.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const closest = (event, selector) => event.target.closest?.(selector) ?? null;

  const reveal = (root) => all('[data-script]', root).forEach((element) => (element.hidden = false));
  reveal(document);
  document.addEventListener('htmx:after:swap', () => reveal(document));

  // Tick all and count. <form data-selection> holds: input[data-select-all], input[data-select] for each row,
  // [data-selected-count], and buttons [data-needs-selection]. A [data-select-part] in it may hold an
  // input[data-select-part-all] for its own rows.
  const showTicked = (boxes, rows) => {
    const ticked = rows.filter((box) => box.checked).length;
    boxes.forEach((box) => {
      box.checked = ticked > 0 && ticked === rows.length;
      box.indeterminate = ticked > 0 && ticked < rows.length;
    });
    return ticked;
  };
  const countSelection = (form) => {
    const ticked = showTicked(all('[data-select-all]', form), all('input[data-select]', form));
    const parts = all('[data-select-part]', form);
    parts.forEach((part) => showTicked(all('[data-select-part-all]', part), all('input[data-select]', part)));
    all('[data-selected-count]', form).forEach((place) => (place.textContent = String(ticked)));
    all('[data-needs-selection]', form).forEach((button) => (button.disabled = ticked === 0));
  };
  all('form[data-selection]').forEach(countSelection);

  document.addEventListener('change', (event) => {
    const form = closest(event, 'form[data-selection]');
    if (!form) return;
    const isWhole = event.target.matches('[data-select-all]');
    const part = event.target.matches('[data-select-part-all]') ? closest(event, '[data-select-part]') : null;
    const chosen = isWhole ? form : part;
    if (chosen) all('input[data-select]', chosen).forEach((box) => (box.checked = event.target.checked));
    countSelection(form);
  });

  // What is typed is kept on the server while one types, and keeps the session open. A form that has a text of several lines
  // is kept as it is; one with data-draft="/url" sends itself there. <form data-guard> asks before it is left unsaved, and
  // from the start where it comes with data-unsaved.
  let unsaved = document.querySelector('form[data-guard][data-unsaved]') !== null;
  let [keeping, alive] = [0, Date.now()];
  const textOf = (form) => {
    const body = new URLSearchParams();
    const text = 'textarea, input:not([type]), input[type="text"], input[type="search"], input[type="date"]';
    [...form.elements].filter((field) => field.name && field.matches(text)).forEach((field) => body.append(field.name, field.value));
    const button = form.querySelector('button[name]');
    if (button) body.append(button.name, button.value);
    return body;
  };
  const say = (form, text, href) => {
    let place = form.querySelector('[data-draft-state]');
    if (!place) {
      place = Object.assign(document.createElement('p'), { className: 'draft-state' });
      place.dataset.draftState = '';
      place.setAttribute('role', 'status');
      form.append(place);
    }
    place.textContent = text;
    if (href) place.append(Object.assign(document.createElement('a'), { href, target: '_blank', textContent: '在新窗口登录' }));
  };
  const keep = async (form) => {
    const own = form.dataset.draft;
    const whole = own || form.querySelector('textarea:not([readonly])');
    const path = whole ? new URL(form.action).pathname : '/alive';
    if (!whole && Date.now() - alive < 240_000) return;
    const body = own ? new URLSearchParams(new FormData(form)) : whole ? textOf(form) : new URLSearchParams();
    try {
      const answer = await fetch(own || `/drafts?form=${encodeURIComponent(path)}`, { method: 'POST', body });
      alive = Date.now();
      const time = new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' });
      if (answer.status === 401) say(form, '登录已过期，请先登录，再回到本页继续，填写的内容不会丢：', '/signin');
      else if (!answer.ok) say(form, '草稿没有存上，请先不要离开本页。');
      else if (whole) say(form, `草稿已自动存好（${time}），还没有提交。`);
    } catch {
      say(form, '连不上服务器，草稿没有存上，请先不要离开本页。');
    }
  };
  document.addEventListener('input', (event) => {
    const form = closest(event, 'form[method="post"]');
    if (!form) return;
    if (form.matches('[data-guard]')) unsaved = true;
    if (!document.querySelector('[data-signed-in]')) return;
    clearTimeout(keeping);
    keeping = setTimeout(keep, 1500, form);
  });
  document.addEventListener('submit', () => {
    clearTimeout(keeping);
    unsaved = false;
  });
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
