/** Who can still pass through how much water. Pure. */
package io.floodmark.passability;
