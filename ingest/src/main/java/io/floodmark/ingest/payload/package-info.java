/** From the bytes of a message to readings, one file per format. Pure. */
package io.floodmark.ingest.payload;
