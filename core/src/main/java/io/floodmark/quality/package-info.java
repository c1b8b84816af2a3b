/**
 * The tests of QARTOD (Manual for Real-Time Quality Control of Water Level Data, version 2.1) over
 * whole series and, with the same flags, sample by sample. Pure.
 */
package io.floodmark.quality;
