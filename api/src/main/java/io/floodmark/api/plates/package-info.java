/**
 * The life of QR plates: made, printed, mounted, checked, lost, found, revoked, replaced. Staff
 * pages, what a phone shows beside a plate, label sheets.
 */
package io.floodmark.api.plates;
