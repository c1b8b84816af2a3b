/** What is counted of a running process, wherever it is counted. */
package io.floodmark.metrics;
