/**
 * A copy of everything in one file: written while the server runs, restored into an empty database
 * of any kind that Floodmark runs on.
 */
package io.floodmark.backup;
