/**
 * Lists of assets into the register and out of it: which column goes where, a dry run that tells
 * each row's problem in the file's own words, all rows or none, and export in the same formats.
 */
package io.floodmark.api.assets.exchange;
