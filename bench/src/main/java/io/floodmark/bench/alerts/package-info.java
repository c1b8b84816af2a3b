/**
 * How good the warnings are: readings of which the truth is known go through the rules that judge
 * them when they come in, and what was raised is held against what was there. No database, no
 * clock.
 */
package io.floodmark.bench.alerts;
