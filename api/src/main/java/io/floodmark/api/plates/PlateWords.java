package io.floodmark.api.plates;

import io.floodmark.api.pages.Texts;
import io.floodmark.plate.PlateState;
import io.floodmark.plate.PlateStep;

/** How pages say what the rules say by keys. Pure. */
public final class PlateWords {
  private PlateWords() {}

  /** Why a step could not be taken. */
  static String refusal(PlateRefused refused, Texts texts) {
    String step = refused.places().getOrDefault("step", PlateStep.MOUNT.key());
    String state = refused.places().getOrDefault("state", PlateState.MADE.key());
    return texts.of(
        "refused." + refused.key(),
        "step",
        texts.of("step." + step),
        "state",
        texts.of("state." + state));
  }

  /** The colour of a state's badge. */
  public static String badge(PlateState state) {
    return switch (state) {
      case MADE -> "info";
      case PRINTED -> "warn";
      case MOUNTED -> "ok";
      case LOST -> "bad";
      case REVOKED, REPLACED -> "off";
    };
  }
}
