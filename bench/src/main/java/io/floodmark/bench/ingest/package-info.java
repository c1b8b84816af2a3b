/**
 * How fast readings become durable, what an acknowledgement waits for, and what connections and
 * rows cost: the program as a process, the load of another one, PostgreSQL, all on one machine.
 */
package io.floodmark.bench.ingest;
