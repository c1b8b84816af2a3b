package io.floodmark.api.plates;

import io.floodmark.api.assetphotos.PhotoUploads;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.pages.PageKit;
import io.floodmark.api.photos.PhotoStore;
import io.floodmark.api.plates.label.PlateAddress;
import io.floodmark.api.records.Pages;
import io.floodmark.api.routes.OwnAddress;
import io.floodmark.api.routes.Routes;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** All routes of plates, but for the public page that they lead to. */
public final class Plates {
  private final PlatePages pages;
  private final MountPages onSite;
  private final PlateLifePages life;
  private final LabelRoute labels;

  /**
   * Routes over {@code database}.
   *
   * @param zone the ward's clock
   * @param ownAddress what plates point to, if it is set
   */
  public Plates(
      Vertx vertx,
      DatabaseCalls database,
      InstantSource clock,
      ZoneId zone,
      SecureRandom random,
      PageKit kit,
      PhotoUploads uploads,
      PhotoStore photos,
      OwnAddress ownAddress) {
    Optional<String> publicUrl = ownAddress.publicUrl();
    Pages frame = new Pages(kit, "plates", "photos", "assetphotos", "plates");
    this.pages = new PlatePages(database, clock, zone, random, hasAddress(publicUrl), frame);
    this.onSite = new MountPages(database, clock, zone, uploads, photos, frame);
    this.life = new PlateLifePages(database, clock, zone, random, frame);
    this.labels = new LabelRoute(vertx, database, publicUrl);
  }

  /** Registers them; paths with a word before those with a plate's code. */
  public void addTo(Routes routes) {
    labels.addTo(routes);
    pages.addTo(routes);
    onSite.addTo(routes);
    life.addTo(routes);
  }

  private static boolean hasAddress(Optional<String> publicUrl) {
    try {
      PlateAddress.of(publicUrl);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // what is wrong with it, the labels' route says
    }
  }
}
