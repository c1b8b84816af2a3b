package io.floodmark.api.notify;

import io.floodmark.api.http.Language;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a channel is to send. Immutable; however often it is sent, it says the same.
 *
 * @param outboxId its row
 * @param key names it to the other side, the same at every try
 * @param language that it is to be written in
 * @param madeAt when it came into the outbox
 * @param notices what it tells: none for a test, several for a summary; oldest first
 */
public record Message(
    long outboxId, UUID key, Language language, Instant madeAt, List<Notice> notices) {
  /** Copies the list. */
  public Message {
    notices = List.copyOf(notices);
  }

  /** Whether somebody tries whether the way works. */
  public boolean isTest() {
    return notices.isEmpty();
  }

  /** Whether it tells of several steps at once. */
  public boolean isSummary() {
    return notices.size() > 1;
  }

  /** The highest level that any of it reached or left; 0 for a test. */
  public int level() {
    return notices.stream()
        .mapToInt(notice -> Math.max(notice.fromLevel(), notice.toLevel()))
        .max()
        .orElse(0);
  }
}
