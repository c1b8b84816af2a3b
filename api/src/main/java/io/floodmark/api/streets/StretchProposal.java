package io.floodmark.api.streets;

import io.floodmark.api.assets.PlainText;
import io.floodmark.api.sensors.SensorView;
import io.floodmark.sensor.SensorKind;
import java.util.Comparator;
import java.util.List;

/**
 * A sensor that may speak for a stretch. It counts only once staff have said so: two streets run
 * within sixty metres of each other at every crossing, and one may lie a metre higher.
 *
 * @param sensor which
 * @param metres from the nearest point of the stretch
 * @param sameStreet whether it is registered on a street of the stretch's name
 */
public record StretchProposal(SensorView sensor, double metres, boolean sameStreet) {
  /** Beside the street, on the far pavement of a wide one. */
  static final double NEAR_M = 60;

  /** A street of this name may be long: further along it the ground is another. */
  static final double SAME_STREET_M = 300;

  /** Those among {@code sensors} in service that may speak for a stretch, the nearest first. */
  static List<StretchProposal> of(String name, StretchLines lines, List<SensorView> sensors) {
    List<String> words = PlainText.words(name);
    return sensors.stream()
        .filter(StretchProposal::measuresWater)
        .map(
            sensor ->
                new StretchProposal(
                    sensor,
                    lines.metresTo(sensor.lon(), sensor.lat()),
                    sensor.street().map(PlainText::words).filter(words::equals).isPresent()))
        .filter(
            found -> found.metres <= NEAR_M || (found.sameStreet && found.metres <= SAME_STREET_M))
        .sorted(Comparator.comparingDouble(StretchProposal::metres))
        .toList();
  }

  /**
   * Whether a sensor can speak for a street at all: a rain gauge sees none, a retired one nothing.
   */
  static boolean measuresWater(SensorView sensor) {
    return sensor.retiredAt().isEmpty() && !sensor.kind().equals(SensorKind.RAIN.code());
  }
}
