'use strict';
const root = document.getElementById('swagger-ui');
SwaggerUIBundle({
  domNode: root,
  url: root.dataset.document,
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  deepLinking: true,
  displayRequestDuration: true,
  // The validator is a service on the internet.
  validatorUrl: null,
});
