/**
 * What a reading comes to: how good it is, what it does to its sensor's alert, and what is
 * remembered for the next one. Pure: no clock, no database.
 */
package io.floodmark.judging;
