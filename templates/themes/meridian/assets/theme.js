/** Small comforts; every page works without them. */

/** Open menus close on Escape and on a click elsewhere. */
for (const menu of document.querySelectorAll('details[data-dismiss]')) {
  const close = () => menu.removeAttribute('open');
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) close();
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    close();
    menu.querySelector('summary').focus();
  });
}

/** Thumbnails move the row of pictures without moving the page, and show which picture is in view. */
for (const gallery of document.querySelectorAll('[data-gallery]')) {
  const stage = gallery.querySelector('.gallery-stage');
  const links = [...gallery.querySelectorAll('.gallery-thumbs a')];
  if (links.length === 0) continue;
  const mark = (index) => {
    links.forEach((link, position) => {
      if (position === index) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  };
  links.forEach((link, index) => {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      stage.scrollTo({ left: stage.clientWidth * index });
    });
  });
  stage.addEventListener(
    'scroll',
    () => {
      mark(Math.round(stage.scrollLeft / stage.clientWidth));
    },
    { passive: true },
  );
  mark(Math.round(stage.scrollLeft / stage.clientWidth));
}
