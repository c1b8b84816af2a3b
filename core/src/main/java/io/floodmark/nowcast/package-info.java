/**
 * What the water at one sensor will do next: the next level within a quarter of an hour while it
 * rises, the end while it falls. Pure: no database, no clock. Says nothing where it knows nothing.
 */
package io.floodmark.nowcast;
