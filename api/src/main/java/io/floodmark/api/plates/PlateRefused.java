package io.floodmark.api.plates;

import io.floodmark.plate.PlateState;
import io.floodmark.plate.PlateStep;
import java.util.Map;

/** A step that a plate cannot take. Pages say it by the text {@code refused.KEY}. */
public final class PlateRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final transient Map<String, String> places;

  private PlateRefused(String key, String sentence, Map<String, String> places) {
    super(sentence);
    this.key = key;
    this.places = places;
  }

  static PlateRefused step(PlateStep step, PlateState state) {
    return new PlateRefused(
        step == PlateStep.MOUNT && state == PlateState.MOUNTED ? "mounted" : "step",
        "A plate that is " + state.key() + " cannot take the step " + step.key() + ".",
        Map.of("step", step.key(), "state", state.key()));
  }

  static PlateRefused hasPlate() {
    return new PlateRefused(
        "hasPlate",
        "The asset has a plate already: revoke, lose or replace that one first.",
        Map.of());
  }

  static PlateRefused noAsset() {
    return new PlateRefused("noAsset", "Choose what the plate is mounted on.", Map.of());
  }

  static PlateRefused otherAsset() {
    return new PlateRefused("otherAsset", "The plate belongs to another asset.", Map.of());
  }

  static PlateRefused blank() {
    return new PlateRefused(
        "blank", "A plate that belongs to nothing needs no other in its place.", Map.of());
  }

  /** Which text says it. */
  public String key() {
    return key;
  }

  /** The state that the plate is in and the step that was asked for, by their keys. */
  public Map<String, String> places() {
    return places;
  }
}
