/** Sensors and how what they measure becomes a depth of water. Pure. */
package io.floodmark.sensor;
