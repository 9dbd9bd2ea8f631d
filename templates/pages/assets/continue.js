// A page of the console's own host loads the next one, so that its strict cookie is sent.
location.replace('/');
