/** The page that a QR plate leads to: what every resident sees. */
package io.floodmark.api.tagpage;
