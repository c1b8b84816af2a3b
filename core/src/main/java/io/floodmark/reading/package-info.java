/** What a sensor said, and when it counts as said. Pure. */
package io.floodmark.reading;
