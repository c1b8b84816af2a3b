package io.floodmark.e2e.api;

import io.floodmark.e2e.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A web server over a database of its own for each test, on each engine. */
@ParameterizedClass
@EnumSource(TestDatabase.Engine.class)
abstract class ApiOnEachEngine {
  /** What this class now runs on. */
  @Parameter TestDatabase.Engine engine;

  RunningApi api;

  /** Its database, for what no route does or shows. */
  Register register;

  @BeforeEach
  void startServer() throws Exception {
    api = RunningApi.start(engine);
    register = new Register(api.database());
  }

  @AfterEach
  void stopServer() throws Exception {
    // Without such an engine the test was skipped before it began.
    if (api != null) {
      api.close();
    }
  }
}
