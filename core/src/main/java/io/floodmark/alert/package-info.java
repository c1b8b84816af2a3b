/** When water becomes an alert, and when the alert ends. Pure: no clock, no database. */
package io.floodmark.alert;
