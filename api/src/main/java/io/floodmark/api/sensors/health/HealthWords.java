package io.floodmark.api.sensors.health;

import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Texts;
import io.floodmark.quality.QualityReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The health of a sensor in words.
 *
 * @param health what is told
 * @param texts of the page, those of doubts among them
 */
public record HealthWords(SensorHealth health, Texts texts, Language language) {
  /** What a battery has to lose in a week before it is worth a word. */
  private static final int BATTERY_MOVED_MV = 20;

  private static final int SIGNAL_MOVED_DB = 5;
  private static final double CLOCK_OFF_S = 60;

  /**
   * A reason, and how many readings it holds for.
   *
   * @param share of all readings, in words
   */
  public record Share(String reason, long readings, String share) {}

  /** What became of the readings of a time. */
  public String loss(Optional<PacketLoss> of) {
    if (of.isEmpty()) {
      return texts.of("health.noReadings");
    }
    PacketLoss loss = of.get();
    return texts.of(
        loss.missing() == 0 ? "health.lossNone" : "health.loss",
        "percent",
        percent(loss.percent()),
        "missing",
        loss.missing(),
        "expected",
        loss.expected());
  }

  /** How many came, and how many of them late; empty where nothing has ever come. */
  public String received(Optional<PacketLoss> of) {
    return of.map(
            loss ->
                texts.of(
                    loss.late() == 0 ? "health.received" : "health.receivedLate",
                    "received",
                    loss.received(),
                    "late",
                    loss.late()))
        .orElse("");
  }

  /** How the battery moved since a week ago; empty where that is not known. */
  public String batteryMoved() {
    return moved(
        health.today().batteryMv(), health.weekAgo().batteryMv(), BATTERY_MOVED_MV, "battery");
  }

  /** How the signal moved since a week ago; empty where that is not known. */
  public String signalMoved() {
    return moved(health.today().rssiDbm(), health.weekAgo().rssiDbm(), SIGNAL_MOVED_DB, "signal");
  }

  /** What the device's clock is like. */
  public String clock() {
    SensorHealth.Means today = health.today();
    if (today.readings() == 0) {
      return texts.of("health.noReadings");
    }
    if (today.stamped() == today.readings()) {
      return texts.of("health.clockNone");
    }
    if (today.delayS().isEmpty()) {
      return texts.of("health.clockUnknown");
    }
    double delayS = today.delayS().getAsDouble();
    String key =
        delayS < 0
            ? "health.clockFast"
            : delayS > CLOCK_OFF_S ? "health.clockSlow" : "health.clockGood";
    return texts.of(key, "seconds", number(Math.abs(delayS), delayS < 10 ? 1 : 0));
  }

  /** How many readings of the week are doubted. */
  public String doubted() {
    Doubts doubts = health.doubts();
    if (doubts.readings() == 0) {
      return texts.of("health.noReadings");
    }
    return texts.of(
        doubts.doubted() == 0 ? "health.doubtedNone" : "health.doubted",
        "doubted",
        doubts.doubted(),
        "readings",
        doubts.readings(),
        "percent",
        percent(doubts.percent(doubts.doubted())));
  }

  /** Why they are. */
  public List<Share> reasons() {
    List<Share> shares = new ArrayList<>();
    for (Map.Entry<QualityReason, Long> entry : health.doubts().byReason().entrySet()) {
      shares.add(
          new Share(
              texts.of("doubt." + entry.getKey().code()),
              entry.getValue(),
              percent(health.doubts().percent(entry.getValue()))));
    }
    return shares;
  }

  private String moved(OptionalInt now, OptionalInt then, int least, String what) {
    if (now.isEmpty() || then.isEmpty()) {
      return "";
    }
    int by = now.getAsInt() - then.getAsInt();
    String key = Math.abs(by) < least ? ".steady" : by < 0 ? ".fell" : ".rose";
    return texts.of("health." + what + key, "by", Math.abs(by));
  }

  private String percent(double value) {
    // What is not nothing must not read as nothing.
    return value > 0 && value < 0.1
        ? texts.of("health.underTenth")
        : number(value, value < 10 ? 1 : 0) + " %";
  }

  private String number(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return language == Language.VI ? text.replace('.', ',') : text;
  }
}
