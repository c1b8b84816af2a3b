/** What a sensor said, when it counts as said, and how good it is. Pure. */
package io.floodmark.reading;
