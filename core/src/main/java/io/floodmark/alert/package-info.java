/**
 * When water becomes an alert, and when the alert ends; and what else of a sensor is one. Pure: no
 * clock, no database.
 */
package io.floodmark.alert;
