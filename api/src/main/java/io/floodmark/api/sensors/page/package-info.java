/** The page of one sensor, for everybody: how the water stands, and how it came to that. */
package io.floodmark.api.sensors.page;
