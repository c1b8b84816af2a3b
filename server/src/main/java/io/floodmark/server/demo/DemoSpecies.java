package io.floodmark.server.demo;

import java.util.Locale;

/** Street trees of the Red River delta. */
enum DemoSpecies {
  PHUONG_VI("Delonix regia", "Phượng vĩ", 450, 110),
  BANG_LANG("Lagerstroemia speciosa", "Bằng lăng", 320, 100),
  SAU("Dracontomelon duperreanum", "Sấu", 700, 180),
  XA_CU("Khaya senegalensis", "Xà cừ", 1_100, 250),
  SAO_DEN("Hopea odorata", "Sao đen", 500, 200),
  BANG("Terminalia catappa", "Bàng", 550, 140),
  HOA_SUA("Alstonia scholaris", "Hoa sữa", 420, 150),
  MUONG("Cassia siamea", "Muồng đen", 400, 140);

  final String scientific;
  final String common;

  /** Trunk at 1.3 m after forty years, in millimetres. */
  final int trunkMm;

  /** Height after forty years, in decimetres. */
  final int heightDm;

  DemoSpecies(String scientific, String common, int trunkMm, int heightDm) {
    this.scientific = scientific;
    this.common = common;
    this.trunkMm = trunkMm;
    this.heightDm = heightDm;
  }

  static DemoSpecies of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
