/**
 * Load over MQTT 3.1.1, made by one thread in a process of its own: it shares the machine with what
 * it measures, so it builds its packets beforehand and changes only digits in them.
 */
package io.floodmark.bench.load;
