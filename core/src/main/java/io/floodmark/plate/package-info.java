/** The code on a QR plate: how it is drawn, printed, read aloud and checked. Pure. */
package io.floodmark.plate;
