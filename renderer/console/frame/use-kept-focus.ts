import { useEffect } from 'react';

/** What may take the focus in place of something inside it that went away. */
const AROUND = 'li, tr, section, article, form, [role="region"], [role="tabpanel"], main';
/** Milliseconds in which a dialog that closes, or a screen by itself, gives the focus to something. */
const OWN_WAY_MS = 60;
/** How many of the last places are remembered: a menu, its entry, the dialog that it opened. */
const REMEMBERED = 8;

interface Place {
  readonly element: HTMLElement;
  /** What is around it, the nearest first; read while it was still there. */
  readonly around: readonly HTMLElement[];
  /** It could not be pressed for a while, so the focus left without anybody's intention. */
  wasBusy: boolean;
}

/**
 * Keeps the focus from falling to the page. A button that was busy gets it back when it can be pressed again; what an
 * action took away hands it to what was around it, and a dialog to what had it before.
 */
export function useKeptFocus(): void {
  useEffect(keepFocus, []);
}

function keepFocus(): () => void {
  let places: readonly Place[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLost = () => document.activeElement === document.body || document.activeElement === null;
  const giveBack = () => {
    const next = isLost() ? nextOf(places) : null;
    if (next) focusOn(next);
  };
  const observer = new MutationObserver(() => {
    const [last] = places;
    if (!last) return;
    if (isBusy(last.element)) last.wasBusy = true;
    else if (isLost() && (last.wasBusy || isGone(last.element))) {
      clearTimeout(timer);
      timer = setTimeout(giveBack, OWN_WAY_MS);
    }
  });
  const arrive = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement)
      places = [{ element: target, around: aroundOf(target), wasBusy: false }, ...places].slice(0, REMEMBERED);
  };
  // Only after what is going on now it can be told who left by intention, as by Escape, and what was taken away.
  const leave = ({ target }: FocusEvent) =>
    setTimeout(() => {
      const isOwnWill = target instanceof HTMLElement && !isGone(target) && !isBusy(target) && isLost();
      if (isOwnWill && places[0]?.element === target && !places[0].wasBusy) places = [];
    });
  const letGo = () => {
    places = [];
  };
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled', 'data-loading'] });
  document.addEventListener('focusin', arrive);
  document.addEventListener('focusout', leave);
  document.addEventListener('pointerdown', letGo, true);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener('focusin', arrive);
    document.removeEventListener('focusout', leave);
    document.removeEventListener('pointerdown', letGo, true);
  };
}

function aroundOf(element: HTMLElement): readonly HTMLElement[] {
  const around: HTMLElement[] = [];
  for (let at = element.parentElement; at; at = at.parentElement) if (at.matches(AROUND)) around.push(at);
  return around;
}

/** The latest place that is still there, or what was around it. */
function nextOf(places: readonly Place[]): HTMLElement | null {
  for (const { element, around } of places) {
    if (isBusy(element)) return null;
    const next = isGone(element) ? around.find((one) => one.isConnected) : element;
    if (next) return next;
  }
  return null;
}

/** Cannot be pressed for the moment: a button that shows so, or a switch or field. */
function isBusy(element: HTMLElement): boolean {
  return !isGone(element) && element.matches(':disabled');
}

/** Taken away, or a button that has nothing left to do. */
function isGone(element: HTMLElement): boolean {
  return !element.isConnected || element.matches('button:disabled:not([data-loading])');
}

/** Parts of a page can be focused for as long as they have the focus. */
function focusOn(element: HTMLElement): void {
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.tabIndex = -1;
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  }
  element.focus({ preventScroll: true });
}
