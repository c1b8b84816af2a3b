package io.floodmark.ingest.broker;

/** What became of a published message, for the reason code of its PUBACK or PUBREC. */
public enum PublishOutcome {
  /** It is on its way to those subscribed. */
  ROUTED,
  /** Nobody is subscribed (0x10, a success). */
  NO_MATCHING_SUBSCRIBERS,
  /** It was to be retained, and there is no room: nobody gets it (0x97). */
  QUOTA_EXCEEDED
}
