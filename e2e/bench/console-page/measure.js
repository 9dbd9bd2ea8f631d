/**
 * Runs in every page of the console's benchmark, before the page's own code, and sees what a person sees.
 *
 * Moments are milliseconds since 1970, on the clock that the benchmark's process has too.
 */
(() => {
  // The pages of stores that the overview shows are not what is measured.
  if (window !== window.top) return;

  /** What takes longer is a fault, not a slow answer. */
  const MAX_MS = 15_000;

  /** Resolves with the moment after the next frame was made. */
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        port2.postMessage(null);
      });
    });

  /** Resolves with the moment at which the page shows what `isShown` looks for. */
  const shown = (isShown) =>
    new Promise((resolve) => {
      const observer = new MutationObserver(check);
      function check() {
        if (!isShown()) return;
        observer.disconnect();
        painted().then(resolve);
      }
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      check();
    });

  const isVisible = (selector) => {
    const element = document.querySelector(selector);
    return element?.checkVisibility() === true && element.textContent.trim() !== '';
  };

  /** Reports the moment at which all elements can be seen. The page may come only after others, as that of sign-in. */
  function awaitView(selectors) {
    shown(() => selectors.every(isVisible)).then((at) => window.reportView(at));
  }

  /**
   * Makes `bench.answerMs` the promise of the milliseconds from the next click or input until the list has as many
   * rows as expected and shows the first of them, which has this text.
   */
  function awaitAnswer(count, firstText) {
    const begun = new Promise((resolve) => {
      // From its arrival in the page: how long a busy machine's browser takes to bring it is not the console's doing.
      const begin = () => {
        for (const type of ['click', 'input']) removeEventListener(type, begin, true);
        resolve(performance.timeOrigin + performance.now());
      };
      for (const type of ['click', 'input']) addEventListener(type, begin, true);
    });
    const isAnswered = () => {
      const list = document.querySelector(':is([role="grid"], [role="table"])[aria-rowcount]:not([aria-busy="true"])');
      const first = list?.querySelector('[role="row"][aria-rowindex="2"]');
      return (
        // The heading is a row too.
        list?.getAttribute('aria-rowcount') === String(count + 1) && first?.textContent.includes(firstText) === true
      );
    };
    const tooLate = new Promise((_resolve, reject) => {
      setTimeout(() => reject(new Error(`The list did not come to ${count} rows with "${firstText}" first.`)), MAX_MS);
    });
    const answer = begun.then(async (beganAt) => (await shown(isAnswered)) - beganAt);
    bench.answerMs = Promise.race([answer, tooLate]);
  }

  /** Asks for JSON, and returns it with the milliseconds until it was parsed. */
  async function fetchJson(address) {
    const startedAt = performance.now();
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    const json = await response.json();
    return { json, ms: performance.now() - startedAt };
  }

  /** The element with the most to scroll. */
  function scroller() {
    const rest = (element) => element.scrollHeight - element.clientHeight;
    const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowY);
    const [first] = [...document.querySelectorAll('body *')].filter(scrolls).sort((a, b) => rest(b) - rest(a));
    if (!first || rest(first) <= 0) throw new Error('Nothing on this page scrolls.');
    return first;
  }

  async function toTop() {
    scroller().scrollTop = 0;
    await painted();
  }

  let frames = null;

  /** A row of a list whose content is not there yet has one cell. */
  const isLoading = (row) => row.childElementCount === 1;

  /**
   * Looks at every frame in which something scrolled, or at all of them, until `stopFrames` returns the milliseconds between
   * them, in how many of them a row was still loading, and the milliseconds of every task that took 50 or more.
   */
  function startFrames(isEvery = false) {
    const watch = { intervals: [], loading: 0, hasScrolled: false, longTasks: [], startedAt: performance.now() };
    const take = (entries) => watch.longTasks.push(...entries.map(({ duration }) => duration));
    watch.observer = new PerformanceObserver((list) => take(list.getEntries()));
    watch.observer.observe({ type: 'longtask' });
    watch.take = take;
    let last = null;
    watch.onScroll = () => {
      watch.hasScrolled = true;
    };
    const onFrame = (at) => {
      if (frames !== watch) return;
      if (last !== null && (isEvery || watch.hasScrolled)) {
        watch.intervals.push(at - last);
        if ([...document.querySelectorAll('[role="row"]')].some(isLoading)) watch.loading += 1;
      }
      last = at;
      watch.hasScrolled = false;
      requestAnimationFrame(onFrame);
    };
    addEventListener('scroll', watch.onScroll, { capture: true, passive: true });
    requestAnimationFrame(onFrame);
    frames = watch;
  }

  function stopFrames() {
    const { intervals, loading, longTasks, startedAt, observer, take, onScroll } = frames;
    removeEventListener('scroll', onScroll, { capture: true });
    take(observer.takeRecords());
    observer.disconnect();
    frames = null;
    return { intervals, loading, longTasks, ms: performance.now() - startedAt };
  }

  /** Scrolls as a hand does that drags the bar: from one end to the other and back, another place every frame. */
  async function drag(durationMs) {
    const element = scroller();
    const length = element.scrollHeight - element.clientHeight;
    startFrames();
    const startedAt = performance.now();
    await new Promise((resolve) => {
      const step = () => {
        const share = Math.min(1, (performance.now() - startedAt) / durationMs);
        element.scrollTop = length * (1 - Math.abs(1 - 2 * share));
        if (share < 1) requestAnimationFrame(step);
        else resolve();
      };
      requestAnimationFrame(step);
    });
    return stopFrames();
  }

  const bench = { awaitView, awaitAnswer, fetchJson, toTop, startFrames, stopFrames, drag };
  window.bench = bench;
})();
