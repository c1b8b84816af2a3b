/** What only {@code demo} has: a ward of made-up sensors, houses and trees. */
package io.floodmark.server.demo;
