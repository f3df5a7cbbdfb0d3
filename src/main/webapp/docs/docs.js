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
  persistAuthorization: false, // the token is lost when the page is closed
  queryConfigEnabled: false, // a link must not select a different API description
  validatorUrl: null, // no data is sent to a third party
});
