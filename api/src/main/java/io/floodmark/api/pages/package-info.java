/** HTML rendered on the server: templates, texts in two languages, the frame around staff pages. */
package io.floodmark.api.pages;
