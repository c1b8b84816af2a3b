package io.floodmark.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What staff do with an alert. */
public enum AlertStep {
  /** I have seen it. */
  ACKNOWLEDGE("acknowledged"),
  /** Out of sight for a while, for a reason; always with an end. */
  SHELVE("shelved"),
  /** Back in sight before that end. */
  UNSHELVE("unshelved"),
  /** Words for the history. */
  NOTE("noted"),
  /** A colleague or the next shift goes on with it. */
  HANDOVER("handed_over"),
  /** Done with it, with a remark; only once the machine has cleared it. */
  CLOSE("closed");

  private final String eventKind;

  AlertStep(String eventKind) {
    this.eventKind = eventKind;
  }

  /** How the history calls it. */
  public String eventKind() {
    return eventKind;
  }

  /** As it stands in addresses. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The step of that key. */
  public static Optional<AlertStep> find(String key) {
    return Arrays.stream(values()).filter(step -> step.key().equals(key)).findFirst();
  }
}
