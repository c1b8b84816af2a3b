/**
 * How good it is what is told of the next minutes: the readings of floods go through the rules that
 * the program uses, and what they told is held against what came. No database, no clock.
 */
package io.floodmark.bench.nowcast;
