/**
 * From submissions to committed rows: gathered while the last commit ran, judged, written in one
 * transaction, settled.
 */
package io.floodmark.ingest.commit;
