package io.floodmark.passability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TravelModeTest {
  @ParameterizedTest
  @CsvSource({
    "FOOT_ADULT, 149, YES", "FOOT_ADULT, 150, CARE", "FOOT_ADULT, 499, CARE", "FOOT_ADULT, 500, NO",
    "FOOT_CHILD,  99, YES", "FOOT_CHILD, 100, CARE", "FOOT_CHILD, 299, CARE", "FOOT_CHILD, 300, NO",
    "BICYCLE,     99, YES", "BICYCLE,    100, CARE", "BICYCLE,    299, CARE", "BICYCLE,    300, NO",
    "MOTORBIKE,   99, YES", "MOTORBIKE,  100, CARE", "MOTORBIKE,  199, CARE", "MOTORBIKE,  200, NO",
    "CAR,        149, YES", "CAR,        150, CARE", "CAR,        299, CARE", "CAR,        300, NO",
    "TRUCK,      322, YES", "TRUCK,      499, YES", "TRUCK,      500, NO"
  })
  void eachLimitIsMetFromItsMillimetreOn(TravelMode mode, int depthMm, Passability expected) {
    assertEquals(expected, mode.limits().at(OptionalInt.of(depthMm), 180));
  }

  @ParameterizedTest
  @CsvSource({
    "MOTORBIKE, 99, YES", "MOTORBIKE, 100, UNKNOWN",
    "FOOT_ADULT, 149, YES", "FOOT_ADULT, 150, UNKNOWN",
    "TRUCK, 499, YES", "TRUCK, 500, UNKNOWN"
  })
  void aDrySensorPromisesNothingThatItsLowPointMayBreak(
      TravelMode mode, int deltaMm, Passability expected) {
    assertEquals(expected, mode.limits().at(OptionalInt.empty(), deltaMm));
  }

  @Test
  void theExampleOfTheContractHolds() {
    assertEquals(
        List.of(
            Passability.CARE,
            Passability.NO,
            Passability.NO,
            Passability.NO,
            Passability.NO,
            Passability.YES),
        Arrays.stream(TravelMode.values())
            .map(mode -> mode.limits().at(OptionalInt.of(322), 180))
            .toList());
  }

  @Test
  void noneOfTheDepthsContradictsAnother() {
    for (TravelMode mode : TravelMode.values()) {
      assertTrue(mode.limits().cautionFromMm() <= mode.limits().noFromMm(), mode.name());
    }
    assertTrue(
        TravelMode.FOOT_CHILD.limits().cautionFromMm()
            <= TravelMode.FOOT_ADULT.limits().cautionFromMm());
    assertFalse(TravelMode.CAR.limits().noFromMm() > TravelMode.TRUCK.limits().noFromMm());
  }

  @Test
  void theKeysAreThoseOfTheContract() {
    assertEquals(
        List.of("footAdult", "footChild", "bicycle", "motorbike", "car", "truck"),
        Arrays.stream(TravelMode.values()).map(TravelMode::key).toList());
    assertEquals(Optional.of(TravelMode.CAR), TravelMode.find("car"));
    assertEquals(Optional.empty(), TravelMode.find("CAR"));
  }
}
