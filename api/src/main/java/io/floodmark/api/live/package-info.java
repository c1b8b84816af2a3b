/**
 * What changes, pushed to browsers as it happens.
 *
 * <p>The way of a change: {@link io.floodmark.live.DoorbellListener} hears that a sensor's rows
 * have changed; on its thread {@code LiveReader} reads them; on the feed's own event loop {@code
 * StreetNow} finds what is new and writes it as events, once for all; {@code LiveClients}, one an
 * event loop, hands each event to its {@code LiveClient}s.
 */
package io.floodmark.api.live;
