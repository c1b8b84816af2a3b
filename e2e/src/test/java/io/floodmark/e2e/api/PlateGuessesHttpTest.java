package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TaggedWard;
import io.floodmark.e2e.TestDatabase;
import io.floodmark.plate.PlateCode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Somebody who tries codes of plates one after the other. That wrong ones are counted on either
 * engine is for {@link TagPageHttpTest} and {@link GuessLimitTest}; ten thousand take long.
 */
final class PlateGuessesHttpTest {

  @Test
  void tenThousandGuessedCodesFindNothingAndSlowThemselvesDown() throws Exception {
    try (RunningApi api = RunningApi.start(TestDatabase.Engine.EMBEDDED)) {
      TaggedWard ward = new TaggedWard(api.database());
      PlateCode right = ward.plate(ward.tree("shade"), "mounted");
      Random guesser = new Random(11);
      int lookedUp = 0;
      for (int i = 0; i < 10_000; i++) {
        HttpResponse<String> answer = api.get("/Q/" + PlateCode.draw(guesser));
        if (answer.statusCode() == 404) {
          lookedUp++;
        } else {
          assertEquals(429, answer.statusCode(), "guess " + i);
        }
        // A hundred guesses a second.
        api.clock.advance(Duration.ofMillis(10));
      }
      assertTrue(lookedUp <= 30, lookedUp + " guesses were looked up in 100 seconds");
      api.clock.advance(Duration.ofMinutes(1));
      assertEquals(200, api.get("/Q/" + right.value()).statusCode());
    }
  }
}
