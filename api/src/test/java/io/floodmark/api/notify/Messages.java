package io.floodmark.api.notify;

import io.floodmark.api.http.Language;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Messages and setups as tests need them. */
public final class Messages {
  /** When all of them were made. */
  public static final Instant AT = Instant.parse("2026-11-21T13:05:00Z");

  private static final UUID KEY = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private Messages() {}

  /** A step of the alert at the crossing. */
  public static Notice step(int fromLevel, int toLevel) {
    Notice.Spot spot = new Notice.Spot(106.0712, 20.9411);
    return new Notice(
        7,
        812,
        "flood",
        toLevel == 0 ? "cleared" : toLevel > fromLevel ? "raised" : "lowered",
        fromLevel,
        toLevel,
        0,
        AT,
        AT,
        "Ngã tư Bần",
        Optional.empty(),
        Optional.of(
            new Notice.Place(
                "bvd-03", "Ngã tư Bần", Optional.of("Nguyễn Văn Linh"), Optional.empty(), spot)),
        List.of(spot),
        false,
        OptionalInt.of(142),
        OptionalInt.of(322));
  }

  /** A message of these steps; none is a test. */
  public static Message of(Language language, Notice... steps) {
    return new Message(1, KEY, language, AT, List.of(steps));
  }

  /** A channel with these settings. */
  public static ChannelSetup setup(ChannelKind kind, String secret, Map<String, String> settings) {
    return new ChannelSetup(
        3,
        kind,
        "Trực ban",
        settings,
        secret,
        true,
        2,
        List.of("flood"),
        List.of(),
        Optional.empty(),
        Language.VI,
        OptionalInt.empty(),
        1);
  }
}
