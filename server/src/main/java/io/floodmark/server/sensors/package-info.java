/**
 * The register of sensors, as the command line keeps it: lists in CSV, tokens, the rows of table
 * {@code sensor}. Knows nothing of commands and settings.
 */
package io.floodmark.server.sensors;
