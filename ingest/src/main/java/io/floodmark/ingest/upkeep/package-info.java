/** What keeps stored readings small, quick to chart and no older than they may be. */
package io.floodmark.ingest.upkeep;
