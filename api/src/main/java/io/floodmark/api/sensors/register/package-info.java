/**
 * The register of sensors: what a sensor may look like, lists in CSV, tokens, the rows of table
 * {@code sensor}. One set of rules for commands, lists, JSON and pages; knows nothing of any of
 * them.
 */
package io.floodmark.api.sensors.register;
