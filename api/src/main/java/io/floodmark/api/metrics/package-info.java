/** The figures of operation, for whoever watches over the server. */
package io.floodmark.api.metrics;
