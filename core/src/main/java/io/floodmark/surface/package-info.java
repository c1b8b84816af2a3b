/**
 * Water, or something else? Follows what a sensor over a street sees and tells water from parked
 * things, passing things, scattered echoes and the heat of the afternoon. Pure.
 */
package io.floodmark.surface;
