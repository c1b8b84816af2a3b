package io.floodmark.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.sensors.register.SensorRow;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoWardTest {
  private static final String OUTLINE = "/io/floodmark/maps/web/ward-outline.geojson";

  @Test
  void everySensorStandsInsideTheWard() throws IOException {
    Path2D ward = ward();
    for (SensorRow row : DemoWard.rows()) {
      Map<String, String> cells = row.cells();
      assertTrue(
          ward.contains(Double.parseDouble(cells.get("lon")), Double.parseDouble(cells.get("lat"))),
          () -> cells.get("code") + " stands outside the ward");
    }
  }

  @Test
  void thereIsOneSensorThatTheFleetLeavesAlone() {
    List<String> codes = DemoWard.rows().stream().map(row -> row.cells().get("code")).toList();
    assertEquals(16, codes.stream().distinct().count());
    assertTrue(codes.contains(DemoWard.FREE_CODE));
  }

  @Test
  void stretchesNameSensorsThatThereAreAndOneHasNone() {
    List<String> codes = DemoWard.rows().stream().map(row -> row.cells().get("code")).toList();
    List<String> named =
        DemoStretches.all().stream()
            .flatMap(one -> one.sensors().orElse(List.of()).stream())
            .toList();
    assertTrue(codes.containsAll(named), named.toString());
    assertTrue(DemoStretches.all().stream().anyMatch(one -> one.sensors().isEmpty()));
    assertTrue(
        DemoStretches.all().stream()
            .anyMatch(one -> one.sensors().filter(List::isEmpty).isPresent()));
  }

  static Path2D ward() throws IOException {
    try (InputStream in = DemoWardTest.class.getResourceAsStream(OUTLINE)) {
      Path2D ward = new Path2D.Double();
      for (JsonNode at : new ObjectMapper().readTree(in).at("/geometry/coordinates/0")) {
        if (ward.getCurrentPoint() == null) {
          ward.moveTo(at.get(0).asDouble(), at.get(1).asDouble());
        } else {
          ward.lineTo(at.get(0).asDouble(), at.get(1).asDouble());
        }
      }
      ward.closePath();
      return ward;
    }
  }
}
