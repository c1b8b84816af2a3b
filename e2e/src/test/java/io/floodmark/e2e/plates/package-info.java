/** Plates as readers see them: rendered by poppler, read by ZBar. */
package io.floodmark.e2e.plates;
