/** Alerts as the outside sees them. */
package io.floodmark.api.alerts;
