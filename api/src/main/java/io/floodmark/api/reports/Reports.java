package io.floodmark.api.reports;

import io.floodmark.api.assetphotos.PhotoUploads;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Language;
import io.floodmark.api.pages.Frame;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.pages.Texts;
import io.floodmark.api.photos.PhotoRefused;
import io.floodmark.api.photos.PhotoStore;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.report.ReportClock;
import io.floodmark.report.WorkingHours;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.text.MessageFormat;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * All that there is to reports over HTTP, put together; and what its routes share. Confined to the
 * event loop that it is made for, but for what database calls use.
 */
public final class Reports {
  final PageKit kit;
  final DatabaseCalls database;
  final InstantSource clock;
  final ReportPhotos photos;
  final ReportFile file;
  final ReportDesk desk;
  private final ZoneId zone;
  private final Map<Language, Texts> texts = new EnumMap<>(Language.class);

  /**
   * Reports kept in {@code database}; deadlines go by the clock of {@code zone}. What reporters
   * send waits in another queue than what staff do.
   */
  public Reports(
      PageKit kit,
      DatabaseCalls database,
      InstantSource clock,
      ZoneId zone,
      SecureRandom random,
      PhotoUploads ofReporters,
      PhotoUploads ofStaff) {
    this.kit = kit;
    this.database = database;
    this.clock = clock;
    this.zone = zone;
    ReportClock deadlines = new ReportClock(new WorkingHours(zone));
    this.photos = new ReportPhotos(ofReporters, ofStaff, new PhotoStore(random));
    this.file = new ReportFile(deadlines, photos, random);
    this.desk = new ReportDesk(deadlines, photos);
    for (Language language : Language.values()) {
      texts.put(language, Texts.load(language, "staff", "photos", "reports"));
    }
  }

  /** Registers the routes. */
  public void addTo(Routes routes) {
    new FormRoutes(this).addTo(routes);
    new ReporterRoutes(this).addTo(routes);
    new InboxRoutes(this).addTo(routes);
    new ReportApiRoutes(this).addTo(routes);
  }

  /** Lets a body with photos in, if there is room for it. */
  static Future<Void> door(Visit visit) {
    return UploadDoor.of(visit.context().vertx()).admit(visit);
  }

  Texts texts(Visit visit) {
    return texts.get(visit.language());
  }

  Frame frame(Visit visit, String titleKey, String section) {
    return kit.frame(visit, titleKey, section, texts(visit));
  }

  ReportWords words(Visit visit) {
    return new ReportWords(texts(visit), zone, clock.instant());
  }

  /** What to tell the sender of a photo that was not taken. */
  String sentence(Visit visit, PhotoRefused refused) {
    return new MessageFormat(
            texts(visit).of(refused.textKey()).replace("'", "''"),
            Locale.forLanguageTag(visit.language().code()))
        .format(refused.arguments().toArray());
  }
}
