/** The page and its files, out of the class path into memory. */
package io.floodmark.api.site;
