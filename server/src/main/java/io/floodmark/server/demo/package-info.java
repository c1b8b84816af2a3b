/** What only {@code demo} has: a ward of made-up sensors. */
package io.floodmark.server.demo;
