'use strict';

const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();

SwaggerUIBundle({
  domNode: document.getElementById('api'),
  url: '../api/openapi',
  presets: [SwaggerUIBundle.presets.apis],
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  persistAuthorization: false, // the token is forgotten with the page
  queryConfigEnabled: false, // nobody chooses another description by a link
  validatorUrl: null, // nothing is sent to others
});
