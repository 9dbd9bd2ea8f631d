// This page's own host loads the next one, so that its strict cookie is sent.
location.replace(document.querySelector('[data-continue]').href);
