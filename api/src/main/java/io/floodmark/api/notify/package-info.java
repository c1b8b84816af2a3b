/**
 * Telling people: the outbox, and the sender that takes from it and hands messages to channels. A
 * further channel is a {@link io.floodmark.api.notify.Channel}, its kind and its form; nothing here
 * changes for it.
 */
package io.floodmark.api.notify;
