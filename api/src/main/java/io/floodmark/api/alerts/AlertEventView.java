package io.floodmark.api.alerts;

import java.time.Instant;

/**
 * One transition of an alert.
 *
 * @param id the database's key; rises with the time of writing, and for one sensor with that of
 *     commit
 * @param kind {@code raised}, {@code escalated}, {@code lowered}, {@code cleared}, or what time or
 *     staff did, as {@code acknowledged}
 * @param fromLevel 0 to 4
 * @param toLevel 0 to 4
 * @param at event time
 * @param alert the alert as it stands when read
 */
public record AlertEventView(
    long id, String kind, int fromLevel, int toLevel, Instant at, AlertView alert) {}
