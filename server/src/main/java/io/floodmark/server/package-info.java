/**
 * The program: its commands, its settings and the PostgreSQL that it carries along.
 *
 * <p>Nothing of the work on readings happens here; this package finds out what was asked for, makes
 * sure of a database and starts {@code ingest} and {@code api} beside each other.
 */
package io.floodmark.server;
