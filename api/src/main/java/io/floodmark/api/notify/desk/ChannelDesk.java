package io.floodmark.api.notify.desk;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.notify.ChannelSetup;
import io.floodmark.api.notify.ChannelStore;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.Visit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/** What the pages of channels have in common. */
final class ChannelDesk {
  private final InstantSource clock;
  private final ZoneId zone;
  private final Pages pages;
  private final Optional<String> publicUrl;

  ChannelDesk(InstantSource clock, ZoneId zone, Pages pages, Optional<String> publicUrl) {
    this.clock = clock;
    this.zone = zone;
    this.pages = pages;
    this.publicUrl = publicUrl;
  }

  Pages pages() {
    return pages;
  }

  Optional<String> publicUrl() {
    return publicUrl;
  }

  ChannelWords words(Visit visit) {
    return new ChannelWords(pages.texts(visit), zone);
  }

  /** The channel, or a {@link ProblemException} with 404. */
  static ChannelSetup get(Connection connection, long id) throws SQLException {
    return new ChannelStore(connection)
        .find(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.notFound(
                        "There is no channel with this number: see " + ChannelPages.LIST + ".")));
  }

  /** Writes down who did what to a channel. */
  void audit(Connection connection, Visit visit, String action, int id, String kind)
      throws SQLException {
    AuditLog.add(
        connection,
        clock.instant(),
        visit.caller(),
        action,
        "channel:" + id,
        Optional.of(visit.address()),
        Map.of("channel", kind));
  }
}
