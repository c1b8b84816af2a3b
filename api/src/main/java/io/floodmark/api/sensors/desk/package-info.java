/**
 * The sensors page and its JSON: look, register, change, hand out a token, retire, and what of a
 * sensor was rejected.
 */
package io.floodmark.api.sensors.desk;
