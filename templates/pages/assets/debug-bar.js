// Draws the debug bar of a storefront page in development: what answered, how long it took, and the way to its request.
// It asks nobody for anything, and its shadow root keeps it and the theme apart.
const facts = JSON.parse(document.currentScript.dataset.orionDebugBar);
const KEY = 'orion-debug-bar';

/** Storage can be switched off; the bar is only forgetful then. */
function remembered(storage) {
  try {
    return window[storage].getItem(KEY);
  } catch {
    return null;
  }
}

function remember(storage, value) {
  try {
    window[storage].setItem(KEY, value);
  } catch {
    // It is forgotten with the page.
  }
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function dot(color) {
  const made = element('span', { className: 'dot', ariaHidden: 'true' });
  made.style.background = color;
  return made;
}

function pair(name, value) {
  return [element('dt', {}, name), element('dd', {}, value)];
}

function ms(value) {
  return `${Math.round(value * 10) / 10} ms`;
}

function words(text) {
  return String(text ?? '').replaceAll('_', ' ');
}

const [navigation] = performance.getEntriesByType('navigation');
/** What the server sent along when the page was done. */
const served = navigation?.serverTiming ?? [];
const totalMs = served.find(({ name }) => name === 'total')?.duration ?? facts.ms;

function ladder() {
  const rungs = facts.ladder.map(({ rule, result, reason }) =>
    element(
      'li',
      { className: result },
      element('strong', {}, words(rule)),
      ` ${words(result)}`,
      element('span', { className: 'reason' }, reason),
    ),
  );
  return element('ol', { className: 'ladder' }, ...rungs);
}

function timings() {
  const known = [
    ...pair('server, until the page was made', ms(facts.ms)),
    ...pair('SQL', `${facts.statements} ${facts.statements === 1 ? 'statement' : 'statements'}, ${ms(facts.sqlMs)}`),
  ];
  const whole = served.flatMap(({ name, duration, description }) =>
    pair(`server: ${description || name}`, ms(duration)),
  );
  const firstByte = navigation
    ? pair('browser: first byte', ms(navigation.responseStart - navigation.requestStart))
    : [];
  return element('dl', {}, ...(whole.length > 0 ? whole : known), ...firstByte);
}

function link(href, text) {
  return element('a', { href, target: '_blank', rel: 'noopener' }, text);
}

function draw() {
  const host = element('div', { id: 'orion-debug-bar' });
  const root = host.attachShadow({ mode: 'open' });
  const hide = element('button', { type: 'button', className: 'plain' }, 'Hide in this tab');
  const panel = element(
    'div',
    { id: 'panel', hidden: true },
    element('p', { className: 'title' }, facts.store.name, element('span', {}, ` ${facts.store.code}`)),
    element(
      'p',
      { className: 'actions' },
      link(facts.requestUrl, 'Open this request'),
      link(facts.whyUrl, 'Routing of this URL'),
      hide,
    ),
    element('h2', {}, 'Why this store'),
    ladder(),
    element('h2', {}, 'Time'),
    timings(),
  );
  const summary = [words(facts.mode), facts.status, ms(totalMs), `${facts.statements} SQL`].join(' · ');
  const pill = element(
    'button',
    { type: 'button', className: 'pill', title: 'Orion Studio: what answered this page' },
    dot(facts.store.color),
    element('strong', {}, facts.store.code),
    ` ${summary}`,
  );
  pill.setAttribute('aria-controls', 'panel');

  const show = (isOpen) => {
    panel.hidden = !isOpen;
    pill.ariaExpanded = String(isOpen);
    remember('localStorage', isOpen ? 'open' : 'closed');
  };
  pill.addEventListener('click', () => show(panel.hidden));
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || panel.hidden) return;
    event.stopPropagation();
    show(false);
    pill.focus();
  });
  hide.addEventListener('click', () => {
    remember('sessionStorage', 'hidden');
    host.remove();
  });

  const bar = element('aside', { ariaLabel: 'Debug bar' }, panel, pill);
  const style = element('link', { rel: 'stylesheet', href: facts.style });
  // Without its style it would be part of the page's end for a moment.
  style.addEventListener('load', () => root.append(bar));
  panel.hidden = remembered('localStorage') !== 'open';
  pill.ariaExpanded = String(!panel.hidden);
  root.append(style);
  document.body.append(host);
}

if (window.top === window && remembered('sessionStorage') !== 'hidden') draw();
