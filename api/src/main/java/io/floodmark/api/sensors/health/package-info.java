/**
 * How a sensor is doing as a device: what of its readings arrives, and how far they are believed.
 */
package io.floodmark.api.sensors.health;
