// Buttons that copy the text in their data-copy. They are only shown when this runs.
const SHOWN_MS = 2000;

async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Over plain HTTP on a name of its own, browsers have no clipboard for pages.
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

for (const button of document.querySelectorAll('[data-copy]')) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    await copyText(button.dataset.copy).then(
      () => {
        button.textContent = 'Copied';
      },
      () => {
        button.textContent = 'Not copied';
      },
    );
    setTimeout(() => {
      button.textContent = label;
    }, SHOWN_MS);
  });
}
document.documentElement.classList.add('can-copy');
