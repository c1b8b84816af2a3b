/**
 * What the pages beside an asset's own have in common: the asset that they are about, the scope of
 * who asks, a form that is read field by field and shown again.
 */
package io.floodmark.api.records;
