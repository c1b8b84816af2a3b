/**
 * The web server: what is read, what is pushed, the page.
 *
 * <p>{@link io.floodmark.api.WebServer} lists the routes; each feature has a package with its
 * routes and its SQL. Event loops never wait: {@code database} runs JDBC on threads of its own.
 */
package io.floodmark.api;
