/** The web server over HTTP, on a real database whose rows the tests write themselves. */
package io.floodmark.e2e.api;
