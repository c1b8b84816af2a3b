/**
 * Lists of assets as files: CSV (RFC 4180), GeoJSON (RFC 7946) and Excel (.xlsx), read and written
 * row by row. Pure: no HTTP, no database, no clock. A row reaches its caller in the file's own
 * words, with the number and the column names that its user sees, so that a dry run can quote them.
 *
 * <p>What breaks the whole file is a {@link io.floodmark.api.assets.files.FileProblemException};
 * what breaks one row travels with that row. Both carry a key and values; {@link
 * io.floodmark.api.assets.files.FileTexts} makes the sentences.
 */
package io.floodmark.api.assets.files;
