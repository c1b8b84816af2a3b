package io.floodmark.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.quality.QualitySettings.Attenuation;
import io.floodmark.quality.QualitySettings.FlatLine;
import io.floodmark.quality.QualitySettings.Neighbourhood;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QualitySettingsJsonTest {
  @Test
  void whatIsLeftOutHasItsDefault() {
    assertEquals(QualitySettings.DEFAULT, QualitySettingsJson.parse("{}"));
    QualitySettings settings = QualitySettingsJson.parse("{\"fastMmPerMin\":80}");
    assertEquals(80, settings.fastMmPerMin());
    assertEquals(QualitySettings.DEFAULT.spike(), settings.spike());
  }

  @Test
  void everythingCanBeSaid() {
    assertEquals(
        new QualitySettings(
            Duration.ofHours(1),
            Optional.of(new SpikeRule(SpikeRule.Method.AVERAGE, 100, 200)),
            30.5,
            Optional.of(new FlatLine(Duration.ofHours(3), Optional.of(Duration.ofHours(9)), 2)),
            Optional.of(new Attenuation(Duration.ofHours(12), 5, 1)),
            List.of(new Season(5, 10, new Span(0, 900))),
            OptionalDouble.of(1),
            Optional.of(new Neighbourhood(700, 3)),
            List.of(9_999),
            List.of()),
        QualitySettingsJson.parse(
            """
            {"gapS":3600,"spike":{"method":"average","suspectMm":100,"failMm":200},
             "fastMmPerMin":30.5,"flatLine":{"suspectS":10800,"failS":32400,"toleranceMm":2},
             "attenuated":{"periodS":43200,"suspectMm":5,"failMm":1},
             "climatology":[{"fromMonth":5,"toMonth":10,"minMm":0,"maxMm":900}],"rainLeastMm":1,
             "neighbour":{"suspectMm":700,"countMin":3},
             "errorCodesMm":[9999],"constantCodesMm":null}
            """));
  }

  @Test
  void nullSwitchesATestOff() {
    QualitySettings off =
        QualitySettingsJson.parse(
            """
            {"spike":null,"flatLine":null,"attenuated":null,"rainLeastMm":null,"neighbour":null}
            """);
    assertTrue(off.spike().isEmpty());
    assertTrue(off.flatLine().isEmpty());
    assertTrue(off.attenuation().isEmpty());
    assertTrue(off.rainLeastMm().isEmpty());
    assertTrue(off.neighbour().isEmpty());
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    refused("{\"spyke\":null}", "spyke");
    refused("{\"spike\":{\"suspectMm\":-1,\"failMm\":2}}", "Spike");
    refused("{\"spike\":{\"suspectMm\":1}}", "failMm");
    refused("{\"spike\":{\"method\":\"median\",\"suspectMm\":1,\"failMm\":1}}", "method");
    refused("{\"gapS\":\"2 h\"}", "gapS");
    refused("{\"gapS\":30}", "gap");
    refused("{\"fastMmPerMin\":0}", "fast");
    // So short a time would flag floods that stand.
    refused("{\"flatLine\":{\"suspectS\":600,\"toleranceMm\":1}}", "flat line");
    refused("{\"flatLine\":{\"suspectS\":7200,\"toleranceMm\":0}}", "tolerance");
    refused(
        "{\"climatology\":[{\"fromMonth\":0,\"toMonth\":13,\"minMm\":0,\"maxMm\":1}]}", "Months");
    refused("{\"errorCodesMm\":[1.5]}", "errorCodesMm");
    refused("[]", "object");
    refused("", "object");
    refused("{", "JSON");
  }

  private static void refused(String json, String naming) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> QualitySettingsJson.parse(json))
            .getMessage();
    assertTrue(said.contains(naming), said);
  }
}
