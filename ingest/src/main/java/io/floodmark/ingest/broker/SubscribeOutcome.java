package io.floodmark.ingest.broker;

/** What became of one filter of a SUBSCRIBE. */
public enum SubscribeOutcome {
  /** It is in force, with the QoS asked for. */
  GRANTED,
  /** The session has as many subscriptions as it may (0x97). */
  QUOTA_EXCEEDED
}
