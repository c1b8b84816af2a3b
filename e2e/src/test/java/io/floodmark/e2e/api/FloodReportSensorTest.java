package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.floodmark.e2e.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A report of water keeps which sensor was the nearest to it. */
final class FloodReportSensorTest {
  private static final String SENSOR_OF_REPORT =
      "SELECT s.code FROM report r LEFT JOIN sensor s ON s.id = r.sensor_id ORDER BY r.id DESC LIMIT 1";

  private RunningApi api;
  private Register register;

  @BeforeEach
  void start() throws Exception {
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
    register = new Register(api.database());
    api.street.sensor("far", "Phố Nối");
    api.street.sensor("near", "Ngã tư Bần");
    api.street.sensor("gone", "Chợ Bần");
    register.execute("UPDATE sensor SET lat = lat + 0.005 WHERE code = 'far'");
    register.execute("UPDATE sensor SET retired_at = now() WHERE code = 'gone'");
  }

  @AfterEach
  void stop() throws Exception {
    if (api != null) {
      api.close();
    }
  }

  @Test
  void aFloodIsTiedToTheNearestSensorInService() throws Exception {
    file("category=flood&depth=knee&text=Ng%E1%BA%ADp&lon=106.0720&lat=20.9412");
    assertEquals("near", register.text(SENSOR_OF_REPORT));
    file("category=flood&depth=knee&text=Ng%E1%BA%ADp&lon=106.0712&lat=20.9460");
    assertEquals("far", register.text(SENSOR_OF_REPORT));
  }

  @Test
  void whatIsNoFloodOrLiesFarFromAllSensorsIsTiedToNone() throws Exception {
    file("category=garbage&text=R%C3%A1c&lon=106.0720&lat=20.9412");
    assertEquals("", register.text(SENSOR_OF_REPORT));
    file("category=flood&depth=knee&text=Ng%E1%BA%ADp&lon=106.0712&lat=20.9660");
    assertEquals("", register.text(SENSOR_OF_REPORT));
    file("category=flood&depth=knee&text=Ng%E1%BA%ADp&place=Ng%C3%B5%205");
    assertEquals("", register.text(SENSOR_OF_REPORT));
  }

  private void file(String fields) throws Exception {
    HttpResponse<String> answer =
        api.send(
            HttpRequest.newBuilder(api.address("/report"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields))
                .build());
    assertEquals(303, answer.statusCode(), answer.body());
  }
}
