/**
 * Stretches of streets that take their passability from sensors: imported, named, given their
 * sensors and told to everybody; and the limits of the ways of travelling.
 */
package io.floodmark.api.streets;
