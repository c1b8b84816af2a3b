package io.floodmark.api;

import io.floodmark.api.access.Argon2id;
import io.floodmark.api.alerts.Alerts;
import io.floodmark.api.assetphotos.AssetPhotoRoutes;
import io.floodmark.api.assetphotos.PhotoFileRoutes;
import io.floodmark.api.assetphotos.PhotoUploads;
import io.floodmark.api.assets.AssetDataRoutes;
import io.floodmark.api.assets.AssetPages;
import io.floodmark.api.cap.CapRoutes;
import io.floodmark.api.care.CareRoutes;
import io.floodmark.api.care.DueRoutes;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.groups.GroupRoutes;
import io.floodmark.api.households.HelpListRoutes;
import io.floodmark.api.households.HouseholdRoutes;
import io.floodmark.api.notify.desk.ChannelPages;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.photos.PhotoIntake;
import io.floodmark.api.photos.PhotoLimits;
import io.floodmark.api.photos.PhotoStore;
import io.floodmark.api.plates.Plates;
import io.floodmark.api.quality.QualityRoutes;
import io.floodmark.api.reports.Reports;
import io.floodmark.api.routes.OwnAddress;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.sensors.desk.SensorDesk;
import io.floodmark.api.sensors.page.SensorPage;
import io.floodmark.api.staff.PasswordWork;
import io.floodmark.api.staff.StaffParts;
import io.floodmark.api.staff.StaffRoutes;
import io.floodmark.api.streets.Streets;
import io.floodmark.api.tagpage.TagRoutes;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * What staff and residents work with: each feature's routes, wired to what they need. Immutable,
 * made for one event loop.
 *
 * @param random what codes, keys and secrets are drawn from
 * @param kit what pages are rendered with
 */
record Features(
    ApiConfig config,
    Vertx vertx,
    DatabaseCalls database,
    InstantSource clock,
    SecureRandom random,
    PageKit kit) {
  /**
   * What several event loops share, so that their limits hold for all of them together. Residents'
   * photos have a line of their own: they must not keep staff from working.
   */
  record Shared(PasswordWork passwords, PhotoUploads photos, PhotoUploads reportPhotos) {
    static Shared of(Vertx vertx, SecureRandom random, ZoneId zone) {
      PhotoIntake intake = new PhotoIntake(PhotoLimits.DEFAULT, zone);
      return new Shared(
          new PasswordWork(vertx, new Argon2id(random, Argon2id.OWASP)),
          new PhotoUploads(vertx, intake, "photos"),
          new PhotoUploads(vertx, intake, "report_photos"));
    }
  }

  /** Registers all of them, in the order in which they are tried. */
  void addTo(Routes routes, OwnAddress ownAddress, Shared shared) {
    StaffRoutes staff =
        new StaffRoutes(
            StaffParts.of(kit, database, shared.passwords(), random, clock, config.zone()),
            ownAddress);
    TagRoutes tags = new TagRoutes(database, clock, config.zone(), kit, config.publicUrl());
    GroupRoutes groups = new GroupRoutes(database, clock, kit);
    HouseholdRoutes households = new HouseholdRoutes(database, clock, config.zone(), kit);
    HelpListRoutes helpList = new HelpListRoutes(database, clock, kit);
    PhotoStore photoStore = new PhotoStore(random);
    PhotoUploads uploads = shared.photos();
    CareRoutes care = new CareRoutes(database, clock, config.zone(), uploads, photoStore, kit);
    DueRoutes due = new DueRoutes(database, clock, config.zone(), kit);
    AssetPhotoRoutes assetPhotos =
        new AssetPhotoRoutes(database, clock, config.zone(), uploads, photoStore, kit);
    PhotoFileRoutes photoFiles = new PhotoFileRoutes(database, photoStore);
    Reports reports =
        new Reports(kit, database, clock, config.zone(), random, shared.reportPhotos(), uploads);
    Plates plates =
        new Plates(
            vertx, database, clock, config.zone(), random, kit, uploads, photoStore, ownAddress);
    AssetDataRoutes assetData = new AssetDataRoutes(database, clock);
    AssetPages assets = new AssetPages(kit, database, clock, config.zone());
    QualityRoutes quality = new QualityRoutes(database, kit, clock);
    Alerts alerts = new Alerts(kit, database, clock, config.zone());
    SensorDesk sensors =
        new SensorDesk(
            database, clock, config.zone(), random, kit, config.publicUrl(), config.mqttPort());
    ChannelPages channels =
        new ChannelPages(vertx, database, clock, config.zone(), random, kit, config.publicUrl());
    CapRoutes cap = new CapRoutes(database, config.zone(), config.publicUrl());

    staff.addTo(routes);
    alerts.addTo(routes);
    tags.addTo(routes);
    groups.addTo(routes);
    households.addTo(routes);
    helpList.addTo(routes);
    care.addTo(routes);
    due.addTo(routes);
    assetPhotos.addTo(routes);
    photoFiles.addTo(routes);
    reports.addTo(routes);
    assetData.addTo(routes);
    assets.addTo(routes);
    plates.addTo(routes);
    quality.addTo(routes);
    sensors.addTo(routes);
    channels.addTo(routes);
    cap.addTo(routes);
    new SensorPage(database, clock, config.zone(), kit).addTo(routes);
    new Streets(database, clock, config.zone(), kit).addTo(routes);
  }
}
