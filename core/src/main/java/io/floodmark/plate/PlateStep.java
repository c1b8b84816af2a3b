package io.floodmark.plate;

import static io.floodmark.plate.PlateState.LOST;
import static io.floodmark.plate.PlateState.MADE;
import static io.floodmark.plate.PlateState.MOUNTED;
import static io.floodmark.plate.PlateState.PRINTED;
import static io.floodmark.plate.PlateState.REPLACED;
import static io.floodmark.plate.PlateState.REVOKED;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be done with a plate: in which states it may be, and which state follows. */
public enum PlateStep {
  /** The sheet with it came out of the printer. */
  PRINT(PRINTED, "printed", MADE),
  /** It was fixed to its thing. Whoever holds it in their hands need not have said "printed". */
  MOUNT(MOUNTED, "mounted", MADE, PRINTED),
  /** Somebody stood before it and could read it. */
  CHECK(MOUNTED, "checked", MOUNTED),
  /** It is not where it was. */
  LOSE(LOST, "lost", MADE, PRINTED, MOUNTED),
  /** It came back, and can be mounted again. */
  FIND(PRINTED, "found", LOST),
  /** It is not to lead anywhere any more. */
  REVOKE(REVOKED, "revoked", MADE, PRINTED, MOUNTED, LOST),
  /** A plate with another code takes its place. */
  REPLACE(REPLACED, "replaced", MADE, PRINTED, MOUNTED, LOST);

  private final PlateState after;
  private final String eventKind;

  @SuppressWarnings("ImmutableEnumChecker") // never changed after construction
  private final Set<PlateState> before;

  PlateStep(PlateState after, String eventKind, PlateState first, PlateState... more) {
    this.after = after;
    this.eventKind = eventKind;
    this.before = EnumSet.of(first, more);
  }

  /** The state that follows from {@code state}; empty where the step cannot be taken. */
  public Optional<PlateState> from(PlateState state) {
    return before.contains(state) ? Optional.of(after) : Optional.empty();
  }

  /** How the history calls it. */
  public String eventKind() {
    return eventKind;
  }

  /** As it stands in forms and addresses. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The step of that key. */
  public static Optional<PlateStep> find(String key) {
    return Arrays.stream(values()).filter(step -> step.key().equals(key)).findFirst();
  }
}
