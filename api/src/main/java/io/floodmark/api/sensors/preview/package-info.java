/**
 * What other thresholds would have raised: stored readings, judged again by the rules of ingest.
 */
package io.floodmark.api.sensors.preview;
