/** Channels to the outside: webhook, e-mail, MQTT. Each knows its protocol and nothing else. */
package io.floodmark.api.notify.channels;
