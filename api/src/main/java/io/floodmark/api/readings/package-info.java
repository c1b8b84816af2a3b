/** Readings of one sensor over time: reduced for charts, or all of them as CSV. */
package io.floodmark.api.readings;
