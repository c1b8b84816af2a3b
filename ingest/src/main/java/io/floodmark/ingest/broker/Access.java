package io.floodmark.ingest.broker;

/**
 * Who may be sent what, whatever the filters it has subscribed to: a filter with wildcards may
 * match more than its owner may see. Called within the broker's lock; must be quick.
 */
@FunctionalInterface
public interface Access {
  /** Everybody may see everything. */
  Access ALL = (client, topic) -> true;

  /** Whether {@code client} may be sent messages of {@code topic}. */
  boolean mayReceive(ClientKey client, String topic);
}
