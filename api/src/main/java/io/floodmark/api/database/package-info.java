/** The way from a route to the database: off the event loops, bounded, failing in sentences. */
package io.floodmark.api.database;
