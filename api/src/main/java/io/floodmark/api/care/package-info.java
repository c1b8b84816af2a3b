/**
 * Inspections and care of assets as a legal record: entries are added, corrected by further
 * entries, never rewritten, and sealed in a chain by the database.
 */
package io.floodmark.api.care;
