/** Sensors as the outside sees them: where, in what state, with which newest reading. */
package io.floodmark.api.sensors;
